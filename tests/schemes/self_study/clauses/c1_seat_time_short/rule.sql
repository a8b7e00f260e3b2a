-- one row per completed module of a participant: does the learning time reach the minimum?
SELECT CASE WHEN active_us >= minimum_us THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, row_no,
  at_of(credit_pos) AS at_us, active_us // 1000000 AS value, minimum_us // 1000000 AS limit_value, [first_rid] AS rids
FROM credit_fact WHERE credit_pos IS NOT NULL
