-- session: one row per session, from its first to its last event.
WITH derived AS (
  SELECT pid, NULL::INTEGER AS sid, turn, min(pos) AS start_pos, max(pos) AS end_pos,
    max(pos) FILTER (kind IN ('timeout', 'logout')) AS close_pos,
    CASE WHEN min(pos) FILTER (kind = 'timeout') < max(pos) THEN min(pos) FILTER (kind = 'timeout') END
      AS timeout_pos,
    false AS has_late, false AS is_tangled
  FROM derived_event GROUP BY pid, turn),
every AS (FROM id_session UNION ALL BY NAME FROM derived)
SELECT row_number() OVER (ORDER BY e.pid, e.start_pos, e.sid NULLS LAST, e.turn)::INTEGER AS sess,
  e.*, coalesce(k.session_id, '~' || e.turn) AS session_id, e.sid IS NULL AS is_derived,
  at_of(e.start_pos) AS start_us, at_of(e.end_pos) AS end_us
FROM every e LEFT JOIN session_key k USING (sid)
