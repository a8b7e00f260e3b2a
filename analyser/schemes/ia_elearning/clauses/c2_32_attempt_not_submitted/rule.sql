-- one row per attempt at a registered module: was it submitted?
SELECT CASE WHEN a.submit_pos IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level,
  a.pid, a.oid, a.attempt_id, a.begin_pos AS pos, at_of(a.begin_pos) AS at_us,
  at_of(a.end_pos) AS until_us, [a.begin_rid, a.end_rid] AS rids
FROM attempt a JOIN owner_key k ON k.oid = a.oid AND k.is_registered
