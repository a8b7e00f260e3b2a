-- one row per credit row with a credit date: does an approval cover that day?
SELECT CASE WHEN is_approved THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level,
  pid, oid, row_no, credit_pos AS pos, at_of(credit_pos) AS at_us, [credit_rid] AS rids
FROM credit_fact WHERE credit_pos IS NOT NULL
