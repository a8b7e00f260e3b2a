-- one row per object that completion events of a module name and its list of contents lacks
WITH listed AS (
    SELECT i.object_id
    FROM items AS i
    INNER JOIN owner_key AS k
        ON k.activity_id = i.activity_id AND k.module_id IS NOT DISTINCT FROM i.module_id
    WHERE k.oid = $oid
)
SELECT DISTINCT e.object_id
FROM moment AS m
INNER JOIN stored_event AS e USING (rid)
WHERE
    m.kind = 'complete' AND m.oid = $oid AND e.object_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM listed)
    AND e.object_id NOT IN (SELECT l.object_id FROM listed AS l WHERE l.object_id IS NOT NULL)
ORDER BY e.object_id
