-- one row per registered module with a content list: is each completed item also seen being used?
WITH done AS (
  SELECT DISTINCT c.pid, c.oid, c.object_id, c.rid FROM completion c WHERE c.object_id <> ''),
used AS (
  SELECT DISTINCT m.pid, m.oid, e.object_id FROM moment m JOIN event e ON e.rowid = m.rid
  WHERE m.kind NOT IN ('complete', 'heartbeat', 'edit') AND m.oid > 0 AND e.object_id IS NOT NULL)
SELECT CASE WHEN count(*) FILTER (u.pid IS NULL) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, d.oid, count(*) FILTER (u.pid IS NULL) AS value, count(*) AS limit_value,
  coalesce((list(d.rid ORDER BY d.rid) FILTER (u.pid IS NULL))[:100], []) AS rids
FROM done d LEFT JOIN used u USING (pid, oid, object_id) GROUP BY d.oid
