-- other_act: one row per event that somebody else did in the participant's record.
SELECT e.rid, e.pid, e.pos, e.at_us, e.kind, coalesce(o.oid, 0) AS oid, e.activity_id, e.module_id,
  e.kind = 'verify' AND coalesce(e.factor = 'supervised', false) AS is_supervision
FROM dated_event e
LEFT JOIN owner_key o
  ON o.activity_id = e.activity_id AND o.module_id IS NOT DISTINCT FROM e.module_id
WHERE e.is_other
