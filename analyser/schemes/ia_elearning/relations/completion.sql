-- completion: one row per completion event that meets a requirement, or (where the policy lets a
-- single completion suffice) the whole content.
SELECT m.pid, m.oid, m.pos, m.rid, coalesce(e.object_id, '') AS object_id,
  r.oid IS NOT NULL AS is_needed,
  e.object_id IS NULL AND getvariable('complete_rule') = 'event' AS is_whole
FROM moment m
JOIN stored_event e USING (rid)
JOIN owner_key k ON k.oid = m.oid AND k.is_registered
LEFT JOIN requirement r ON r.oid = m.oid AND r.object_id = coalesce(e.object_id, '')
WHERE m.kind = 'complete'
  AND (r.oid IS NOT NULL OR (e.object_id IS NULL AND getvariable('complete_rule') = 'event'))
