-- one row per participant and module with submissions: does each of them name its attempt?
SELECT CASE WHEN count(*) FILTER (e.attempt_id IS NULL) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, m.pid, m.oid, count(*) FILTER (e.attempt_id IS NULL) AS value, count(*) AS limit_value,
  at_of(min(m.pos) FILTER (e.attempt_id IS NULL)) AS at_us,
  list(rid ORDER BY m.pos) FILTER (e.attempt_id IS NULL) AS rids
FROM moment m JOIN stored_event e USING (rid)
WHERE m.kind = 'assessment_submit' AND m.oid > 0 GROUP BY m.pid, m.oid
