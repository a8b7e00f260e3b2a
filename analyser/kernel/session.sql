-- session: one row per session, from its first to its last event. Where a session id is one session,
-- their numbers are the same, so that its events need not be looked up; all others come after.
WITH derived AS (
  SELECT pid, NULL::INTEGER AS sid, turn, min(pos) AS start_pos, max(pos) AS end_pos,
    max(pos) FILTER (kind IN ('timeout', 'logout')) AS close_pos,
    CASE WHEN min(pos) FILTER (kind = 'timeout') < max(pos) THEN min(pos) FILTER (kind = 'timeout') END
      AS timeout_pos,
    false AS has_late, false AS is_tangled
  FROM derived_event GROUP BY pid, turn),
every AS (FROM id_session UNION ALL BY NAME FROM derived),
-- A system's own id may look like a name of ours: it keeps it, and the next free one is given.
taken AS (
  SELECT DISTINCT e.pid, k.session_id FROM every e
  JOIN (FROM session_key WHERE starts_with(session_id, '~')) k USING (sid)),
needed AS (
  SELECT pid, max(turn) + any_value(t.taken_count) AS name_count FROM derived
  JOIN (SELECT pid, count(*) AS taken_count FROM taken GROUP BY pid) t USING (pid) GROUP BY pid),
free_name AS (
  SELECT n.pid, '~' || n.n AS session_id, row_number() OVER (PARTITION BY n.pid ORDER BY n.n) AS turn
  FROM (SELECT pid, unnest(range(1, name_count + 1)) AS n FROM needed) n
  ANTI JOIN taken t ON t.pid = n.pid AND t.session_id = '~' || n.n),
numbered AS (
  SELECT sid AS sess, * FROM every WHERE sid IS NOT NULL AND NOT is_tangled
  UNION ALL
  SELECT ((SELECT count(*) FROM session_key) + row_number() OVER (ORDER BY pid, start_pos, sid NULLS LAST, turn))::INTEGER, *
  FROM every WHERE sid IS NULL OR is_tangled)
SELECT e.*, coalesce(k.session_id, f.session_id, '~' || e.turn) AS session_id, e.sid IS NULL AS is_derived,
  at_of(e.start_pos) AS start_us, at_of(e.end_pos) AS end_us
FROM numbered e LEFT JOIN session_key k USING (sid)
LEFT JOIN free_name f ON e.sid IS NULL AND f.pid = e.pid AND f.turn = e.turn
