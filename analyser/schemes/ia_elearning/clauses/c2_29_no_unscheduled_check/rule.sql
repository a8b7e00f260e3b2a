-- one row per participant and activity learned in long enough: was identity checked on the way?
SELECT CASE WHEN c.pid IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'activity' AS level,
  t.pid, t.activity_id, t.active_us // 1000000 AS value,
  getvariable('challenge_after_us') // 1000000 AS limit_value,
  [b.rid] AS rids
FROM activity_time t
JOIN (
  SELECT p.pid, k.activity_id, arg_min(p.first_rid, p.first_pos) AS rid FROM presence p JOIN owner_key k USING (oid) GROUP BY ALL) b
  ON b.pid = t.pid AND b.activity_id = t.activity_id
LEFT JOIN (SELECT DISTINCT pid, activity_id FROM challenge) c
  ON c.pid = t.pid AND c.activity_id = t.activity_id
WHERE t.active_us >= getvariable('challenge_after_us')
