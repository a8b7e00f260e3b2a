-- one row per credit row with a counting quiz: does an approval cover that day?
SELECT CASE WHEN is_approved THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, row_no,
  at_of(credit_pos) AS at_us, [submit_rid] AS rids
FROM credit_fact WHERE credit_pos IS NOT NULL
