-- video: one row per video of a module with a known length.
SELECT k.oid, i.object_id, max(i.length_us) AS length_us
FROM items i JOIN owner_key k ON k.activity_id = i.activity_id AND k.module_id IS NOT DISTINCT FROM i.module_id
WHERE i.length_us > 0 GROUP BY ALL
