-- one row per participant and module they have an event in: is it in the register at any date?
SELECT CASE WHEN is_registered THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level,
  pid, oid, row_no, first_pos AS pos, at_of(first_pos) AS at_us, [first_rid] AS rids
FROM credit_fact WHERE row_no = 1
