-- attempt_event: one row per event of the participant's own that names an attempt of an activity.
SELECT e.rid, e.pid, e.pos, e.kind, o.oid, e.attempt_id, e.item_id, e.score, e.max_score
FROM dated_event e
JOIN owner_key o
  ON o.activity_id = e.activity_id AND o.module_id IS NOT DISTINCT FROM e.module_id
WHERE e.attempt_id IS NOT NULL AND NOT e.is_other
