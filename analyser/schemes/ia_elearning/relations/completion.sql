-- completion: one row per completion event that meets a requirement, or the whole content.
SELECT m.pid, m.oid, m.pos, m.rid, coalesce(e.object_id, '') AS object_id,
  e.object_id IS NULL AND getvariable('complete_rule') = 'event' AS is_whole
FROM moment m
JOIN event e ON e.rowid = m.rid
JOIN owner_key k ON k.oid = m.oid AND k.is_registered
WHERE m.kind = 'complete'
  AND ((m.oid, coalesce(e.object_id, '')) IN (SELECT (oid, object_id) FROM requirement)
    OR (e.object_id IS NULL AND getvariable('complete_rule') = 'event'))
