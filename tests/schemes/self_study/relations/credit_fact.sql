-- credit_fact: one row per credit row: its learning time and what the register asks for.
SELECT c.*, k.activity_id, k.module_id, coalesce(t.active_us, 0) AS active_us,
  max(a.approved_minutes) // getvariable('credit_unit_minutes') AS approved_credits,
  max(coalesce(a.stated_minutes, a.approved_minutes)) * 60000000 AS minimum_us
FROM credit_case c JOIN owner_key k USING (oid)
JOIN activities a ON a.activity_id = k.activity_id AND a.module_id IS NOT DISTINCT FROM k.module_id
LEFT JOIN row_time t USING (pid, oid, row_no)
GROUP BY ALL
