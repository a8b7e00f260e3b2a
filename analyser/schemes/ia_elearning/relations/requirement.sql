-- requirement: one row per thing that must be completed: the manifest's required items, or the
-- module as a whole ('' stands for a completion without an object).
WITH listed AS (
  SELECT DISTINCT k.oid, i.object_id
  FROM items i JOIN owner_key k
    ON k.activity_id = i.activity_id AND k.module_id IS NOT DISTINCT FROM i.module_id
  WHERE i.required)
FROM listed
UNION ALL
SELECT oid, '' FROM owner_key WHERE oid NOT IN (SELECT oid FROM listed)
