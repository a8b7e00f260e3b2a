-- every_module_has_a_row: one row per participant and module they were seen in, without a credit row.
SELECT p.pid, p.oid FROM presence p JOIN owner_key k USING (oid)
WHERE NOT k.is_unmoduled AND NOT EXISTS (FROM credit_case c WHERE c.pid = p.pid AND c.oid = p.oid)
UNION ALL
SELECT n, NULL FROM (
  SELECT (SELECT count(*) FROM credit_case) - (SELECT count(*) FROM credits) AS n) WHERE n <> 0
