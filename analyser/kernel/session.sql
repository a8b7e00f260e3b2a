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
numbered AS (
  SELECT sid AS sess, * FROM every WHERE sid IS NOT NULL AND NOT is_tangled
  UNION ALL
  SELECT ((SELECT count(*) FROM session_key) + row_number() OVER (ORDER BY pid, start_pos, sid NULLS LAST, turn))::INTEGER, *
  FROM every WHERE sid IS NULL OR is_tangled)
SELECT e.*, coalesce(k.session_id, '~' || e.turn) AS session_id, e.sid IS NULL AS is_derived,
  at_of(e.start_pos) AS start_us, at_of(e.end_pos) AS end_us
FROM numbered e LEFT JOIN session_key k USING (sid)
