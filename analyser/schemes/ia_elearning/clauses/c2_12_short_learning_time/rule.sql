-- one row per credit row with a credit date: active learning against the minimum learning time.
SELECT CASE WHEN is_long_enough THEN 'passed' ELSE 'failed' END AS verdict,
  CASE getvariable('time_basis') WHEN 'floor' THEN 'hold' ELSE 'note' END AS effect, 'row' AS level,
  pid, oid, row_no, credit_pos AS pos, at_of(credit_pos) AS at_us,
  active_us // 1000000 AS value, minimum_minutes * 60 AS limit_value, [first_rid, credit_rid] AS rids
FROM credit_outcome WHERE figure = 'likely' AND credit_pos IS NOT NULL
