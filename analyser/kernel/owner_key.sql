-- owner_key: one row per activity and module (or activity alone) in events or register.
-- Time can be owned by it; 0 stands for the portal, which nobody learns in. Numbers given by an
-- earlier assessment stay.
-- kept as a key
WITH pair AS (
  SELECT activity_id, module_id FROM stored_event WHERE fault IS NULL AND activity_id IS NOT NULL
  UNION SELECT activity_id, module_id FROM activities
  UNION SELECT activity_id, module_id FROM known_owner),
known AS (FROM approved_module),
modular AS (SELECT DISTINCT activity_id FROM activities WHERE module_id IS NOT NULL)
SELECT p.activity_id, p.module_id,
  coalesce(o.oid, (SELECT coalesce(max(oid), 0) FROM known_owner)
    + row_number() OVER (PARTITION BY o.oid IS NULL ORDER BY p.activity_id, p.module_id NULLS FIRST))::INTEGER AS oid,
  k.activity_id IS NOT NULL AS is_registered,
  p.activity_id IN (SELECT activity_id FROM known) AS is_activity_registered,
  -- Time of a modular activity that names no module is learning of no module.
  p.module_id IS NULL AND k.activity_id IS NULL AND p.activity_id IN (FROM modular) AS is_unmoduled
FROM pair p
LEFT JOIN known_owner o ON o.activity_id = p.activity_id AND o.module_id IS NOT DISTINCT FROM p.module_id
LEFT JOIN known k ON k.activity_id = p.activity_id AND k.module_id IS NOT DISTINCT FROM p.module_id
