-- one row per credit row with a credit date: was the module already awarded in the period?
SELECT CASE WHEN is_repeat THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level,
  pid, oid, row_no, credit_pos AS pos, at_of(credit_pos) AS at_us, [credit_rid] AS rids
FROM credit_outcome WHERE figure = 'likely' AND credit_pos IS NOT NULL
