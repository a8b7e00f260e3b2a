-- one row per participant and activity with a scan: is the activity registered?
SELECT CASE WHEN is_registered THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, row_no,
  first_us AS at_us, 'scans' AS rid_table, [first_rid] AS rids
FROM credit_fact
