-- one row per credit row with a credit date, when evidenced time decides: is there one whole unit?
SELECT CASE WHEN evidenced_minutes > 0 THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level,
  pid, oid, row_no, credit_pos AS pos, at_of(credit_pos) AS at_us,
  active_us // 1000000 AS value, getvariable('credit_unit_minutes') * 60 AS limit_value, [first_rid, credit_rid] AS rids
FROM credit_outcome
WHERE figure = 'likely' AND credit_pos IS NOT NULL AND getvariable('time_basis') = 'evidenced'
