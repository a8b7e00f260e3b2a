-- one row per registered activity that somebody learned in: was everybody warned before it began?
WITH begun AS (
  SELECT m.pid, k.activity_id, min(m.pos) AS first_pos, arg_min(m.rid, m.pos) AS first_rid
  FROM moment m JOIN owner_key k USING (oid)
  WHERE k.is_activity_registered AND m.kind NOT IN ('login', 'verify', 'acknowledge') GROUP BY ALL),
warned AS (
  SELECT m.pid, k.activity_id, min(m.pos) AS pos FROM moment m LEFT JOIN owner_key k USING (oid)
  WHERE m.kind = 'acknowledge' GROUP BY ALL),
judged AS (
  SELECT b.*, EXISTS (FROM warned w WHERE w.pid = b.pid AND w.pos <= b.first_pos
    AND coalesce(w.activity_id, b.activity_id) = b.activity_id) AS is_warned
  FROM begun b)
SELECT CASE WHEN NOT EXISTS (FROM warned) THEN 'not_assessable'
    WHEN count(*) FILTER (NOT is_warned) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, activity_id, count(*) FILTER (NOT is_warned) AS value, count(*) AS limit_value,
  coalesce(list(first_rid ORDER BY first_rid) FILTER (NOT is_warned), []) AS rids,
  'the export records no warnings' AS why
FROM judged GROUP BY activity_id
