-- register_part: one row per activity and module of the register; an activity has one or several.
SELECT k.oid, m.activity_id, m.module_id, row_number() OVER (ORDER BY m.activity_id, m.module_id NULLS FIRST)::INTEGER AS part
FROM approved_module m JOIN owner_key k USING (activity_id)
