-- one row per unscheduled check and activity: passed, or made good by a passed one soon after?
WITH resumed AS (
  -- In a later cycle the person must have done something before the check concerns it.
  SELECT f.pid, f.oid, f.row_no, min(e.pos) AS pos
  FROM credit_fact f JOIN element e ON e.pid = f.pid AND e.pos > f.begin_pos
  WHERE f.begin_pos IS NOT NULL GROUP BY ALL),
put AS (SELECT * EXCLUDE (oid), at_of(pos) AS at_us FROM challenge WHERE outcome IN ('pass', 'fail', 'ignored')),
answered AS (
  SELECT c.*, coalesce(p.at_us - c.at_us <= getvariable('challenge_window_us'), false) AS is_made_good,
    c.owner_activity_id = c.activity_id AND NOT coalesce(k.is_unmoduled, false) AS is_of_module
  FROM put c ASOF LEFT JOIN (SELECT DISTINCT pid, activity_id, at_us FROM put WHERE outcome = 'pass') p
    ON p.pid = c.pid AND p.activity_id = c.activity_id AND c.at_us <= p.at_us
  LEFT JOIN owner_key k ON k.oid = c.owner_oid)
SELECT CASE WHEN a.outcome = 'pass' OR a.is_made_good THEN 'passed' ELSE 'failed' END AS verdict,
  -- It holds the row in whose time it lies; one that lies in none holds nothing.
  CASE WHEN f.row_no IS NULL THEN 'note' ELSE 'hold' END AS effect, CASE WHEN a.is_of_module THEN 'row' ELSE 'activity' END AS level,
  a.pid, CASE WHEN a.is_of_module THEN a.owner_oid END AS oid, a.activity_id, f.row_no,
  a.sess, a.pos, a.at_us, getvariable('challenge_window_us') // 1000000 AS limit_value,
  [a.rid] AS rids
FROM answered a
LEFT JOIN (
  SELECT f.pid, f.oid, f.row_no, f.credit_pos, CASE WHEN f.begin_pos IS NULL THEN -1 ELSE r.pos END AS from_pos
  FROM credit_fact f LEFT JOIN resumed r USING (pid, oid, row_no)) f
  ON a.is_of_module AND f.pid = a.pid AND f.oid = a.owner_oid AND a.pos > f.from_pos
  AND (f.credit_pos IS NULL OR a.pos <= f.credit_pos)
