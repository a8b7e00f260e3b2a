-- register_row: one row per approval of a registered activity or module.
SELECT k.oid, a.*, coalesce(a.stated_minutes, a.approved_minutes) AS minimum_minutes,
  -- Rows that begin together are put in an order of what they say, never of where they stand; the
  -- last one is taken.
  row_number() OVER (PARTITION BY k.oid ORDER BY a.approved_from NULLS FIRST,
    a.approved_to NULLS LAST, a.approved_minutes, coalesce(a.stated_minutes, a.approved_minutes),
    a.pass_mark NULLS FIRST, a.category NULLS FIRST, a.delivery NULLS FIRST, a.approval_no NULLS FIRST,
    a.audience NULLS FIRST, a.provider NULLS FIRST, a.rid) AS rank
FROM activities a
JOIN owner_key k ON k.activity_id = a.activity_id AND k.module_id IS NOT DISTINCT FROM a.module_id
WHERE a.approved_minutes IS NOT NULL
