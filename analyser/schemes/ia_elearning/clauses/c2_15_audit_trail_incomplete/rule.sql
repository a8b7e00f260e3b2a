-- one row per registered module with a content list: is each completed item also seen being used?
WITH used AS (
  SELECT DISTINCT participant_id, activity_id, module_id, object_id FROM event
  WHERE fault IS NULL AND at_us < getvariable('as_of_end_us') AND object_id IS NOT NULL
    AND kind NOT IN ('complete', 'heartbeat', 'edit') AND coalesce(actor_id = participant_id, true)),
known AS (
  SELECT p.pid, k.oid, u.object_id
  FROM used u
  JOIN participant_key p USING (participant_id)
  JOIN owner_key k ON k.activity_id = u.activity_id AND k.module_id IS NOT DISTINCT FROM u.module_id)
SELECT CASE WHEN count(*) FILTER (k.pid IS NULL) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, d.oid, count(*) FILTER (k.pid IS NULL) AS value, count(*) AS limit_value,
  coalesce((list(d.rid ORDER BY d.rid) FILTER (k.pid IS NULL))[:100], []) AS rids
FROM completion d LEFT JOIN known k USING (pid, oid, object_id)
WHERE d.object_id <> '' GROUP BY d.oid
