-- unseen_item: one row per participant and registered module with completed items: how many of
-- them nothing else in the trail touches.
-- kept as a part
WITH used AS (
  SELECT DISTINCT participant_id, activity_id, module_id, object_id FROM stored_event
  WHERE fault IS NULL AND at_us < getvariable('as_of_end_us') AND object_id IS NOT NULL
    AND kind NOT IN ('complete', 'heartbeat', 'edit') AND coalesce(actor_id = participant_id, true)),
known AS (
  SELECT p.pid, k.oid, u.object_id
  FROM used u
  JOIN participant_key p USING (participant_id)
  JOIN owner_key k ON k.activity_id = u.activity_id AND k.module_id IS NOT DISTINCT FROM u.module_id)
SELECT d.pid, d.oid, count(*) AS n, count(*) FILTER (k.pid IS NULL) AS unseen_count,
  coalesce((list(d.rid ORDER BY d.rid) FILTER (k.pid IS NULL))[:100], []) AS rids
FROM completion d LEFT JOIN known k USING (pid, oid, object_id)
WHERE d.object_id <> '' GROUP BY d.pid, d.oid
