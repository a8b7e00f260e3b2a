-- credits: one row per participant and registered module they have an event in.
-- reads found
WITH effect AS (
  SELECT pid, oid, bool_or(effect = 'not_earned') AS is_barred, bool_or(effect = 'hold') AS is_held
  FROM found WHERE level = 'row' GROUP BY ALL),
sat AS (SELECT pid, oid, count(*) AS attempts FROM quiz GROUP BY ALL),
judged AS (
  SELECT f.*, CASE WHEN f.credit_pos IS NULL THEN 'in_progress' WHEN coalesce(e.is_barred, false) THEN 'not_earned'
    WHEN coalesce(e.is_held, false) THEN 'held' ELSE 'awarded' END AS status
  FROM credit_fact f LEFT JOIN effect e USING (pid, oid))
SELECT p.participant_id, j.activity_id, j.module_id, j.period, j.category, j.status, iso(at_of(j.first_pos)) AS started_at,
  iso(at_of(j.credit_pos)) AS completed_at, iso(at_of(j.credit_pos)) AS passed_at, iso(at_of(j.credit_pos)) AS credited_at,
  coalesce(s.attempts, 0) AS attempts, j.passing_attempt_id, true AS robust, coalesce(c.codes, '') AS codes,
  coalesce(t.active_us, 0) // 1000000 AS active_s, coalesce(t.active_lower_us, 0) // 1000000 AS active_lower_s,
  coalesce(t.active_upper_us, 0) // 1000000 AS active_upper_s, coalesce(t.login_us, 0) // 1000000 AS login_s,
  CASE WHEN j.status IN ('awarded', 'held') THEN j.approved_points ELSE 0 END AS points, j.approved_points,
  j.watched_us // 1000000 AS watched_s, j.video_us // 1000000 AS video_s
FROM judged j JOIN participant_key p USING (pid)
LEFT JOIN sat s USING (pid, oid) LEFT JOIN row_time t USING (pid, oid, row_no)
LEFT JOIN row_code c USING (pid, oid, row_no)
ORDER BY ALL
