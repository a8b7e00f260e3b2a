-- register_row: one row per approval of a registered activity or module.
SELECT k.oid, a.*, coalesce(a.stated_minutes, a.approved_minutes) AS minimum_minutes,
  -- Rows that begin together are put in a fixed order; the last of it is taken.
  row_number() OVER (PARTITION BY k.oid ORDER BY a.approved_from NULLS FIRST,
    a.approved_to NULLS LAST, a.approved_minutes, a.rid) AS rank
FROM activities a
JOIN owner_key k ON k.activity_id = a.activity_id AND k.module_id IS NOT DISTINCT FROM a.module_id
