-- register_row: one row per approval of a registered module.
SELECT k.oid, a.*, row_number() OVER (PARTITION BY k.oid ORDER BY a.approved_from NULLS FIRST,
    a.approved_to NULLS LAST, a.points, a.category NULLS FIRST, a.approval_no NULLS FIRST, a.rid) AS rank
FROM activities a JOIN owner_key k ON k.activity_id = a.activity_id AND k.module_id IS NOT DISTINCT FROM a.module_id
WHERE a.points IS NOT NULL
