-- one row per unscheduled check and activity: passed, or made good by a passed one soon after?
WITH answered AS (
  SELECT c.* EXCLUDE (oid), EXISTS (
      FROM challenge p WHERE p.pid = c.pid AND p.activity_id = c.activity_id AND p.outcome = 'pass'
        AND at_of(p.pos) - at_of(c.pos) BETWEEN 0 AND getvariable('challenge_window_us')) AS is_made_good,
    c.owner_activity_id = c.activity_id AND NOT coalesce(k.is_unmoduled, false) AS is_of_module
  FROM challenge c LEFT JOIN owner_key k ON k.oid = c.owner_oid
  WHERE c.outcome IN ('pass', 'fail', 'ignored'))
SELECT CASE WHEN a.outcome = 'pass' OR a.is_made_good THEN 'passed' ELSE 'failed' END AS verdict,
  CASE WHEN a.is_of_module THEN 'row' ELSE 'activity' END AS level,
  a.pid, CASE WHEN a.is_of_module THEN a.owner_oid END AS oid, a.activity_id, f.row_no,
  a.sess, a.pos, at_of(a.pos) AS at_us, getvariable('challenge_window_us') // 1000000 AS limit_value,
  [a.rid] AS rids
FROM answered a
LEFT JOIN credit_fact f ON a.is_of_module AND f.pid = a.pid AND f.oid = a.owner_oid
  AND a.pos > coalesce(f.begin_pos, -1) AND (f.credit_pos IS NULL OR a.pos <= f.credit_pos)
