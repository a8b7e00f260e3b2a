-- credit_outcome: one row per credit row and reading of time (lower, likely, upper): its minutes by
-- each basis and its status. A later award in the same period is not counted.
-- reads found
WITH figure AS (
  SELECT f.*, 'lower' AS figure, t.active_lower_us AS active_us FROM credit_fact f LEFT JOIN row_time t USING (pid, oid, row_no)
  UNION ALL BY NAME
  SELECT f.*, 'likely' AS figure, t.active_us FROM credit_fact f LEFT JOIN row_time t USING (pid, oid, row_no)
  UNION ALL BY NAME
  SELECT f.*, 'upper' AS figure, t.active_upper_us AS active_us FROM credit_fact f LEFT JOIN row_time t USING (pid, oid, row_no)),
effect AS (
  SELECT pid, oid, row_no, bool_or(effect = 'not_earned') AS is_barred, bool_or(effect = 'hold') AS is_held
  FROM found WHERE level = 'row' AND row_no IS NOT NULL GROUP BY ALL),
measured AS (
  SELECT f.* REPLACE (coalesce(f.active_us, 0) AS active_us),
    coalesce(e.is_barred, false) AS is_barred, coalesce(e.is_held, false) AS is_held,
    getvariable('credit_unit_minutes') * (coalesce(f.active_us, 0) // (getvariable('credit_unit_minutes') * 60000000)) AS unit_minutes
  FROM figure f LEFT JOIN effect e USING (pid, oid, row_no)),
minuted AS (
  SELECT *, least(stated_minutes, unit_minutes) AS evidenced_minutes,
    active_us >= minimum_minutes * 60000000 AS is_long_enough,
    CASE WHEN active_us >= minimum_minutes * 60000000 THEN stated_minutes
      WHEN stated_minutes IS NOT NULL THEN 0 END AS floor_minutes
  FROM measured),
judged AS (
  SELECT *, CASE getvariable('time_basis') WHEN 'evidenced' THEN evidenced_minutes
      WHEN 'completion' THEN stated_minutes ELSE floor_minutes END AS basis_minutes,
    CASE WHEN outcome IN ('unregistered', 'unmarked') THEN 'held'
      WHEN credit_pos IS NULL THEN CASE outcome WHEN 'failed' THEN 'not_earned' ELSE 'in_progress' END
      WHEN is_barred OR (getvariable('time_basis') = 'evidenced' AND evidenced_minutes = 0) THEN 'not_earned'
      WHEN is_held OR (getvariable('time_basis') = 'floor' AND NOT is_long_enough) THEN 'held'
      ELSE 'awarded' END AS own_status
  FROM minuted),
repeated AS (
  SELECT *, period IS NOT NULL AND count(CASE WHEN own_status = 'awarded' THEN 1 END) OVER (
      PARTITION BY figure, pid, oid, period ORDER BY row_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > 0 AS is_repeat
  FROM judged)
SELECT *, CASE WHEN is_repeat THEN 'not_earned' ELSE own_status END AS status,
  CASE WHEN is_repeat OR own_status IN ('not_earned', 'in_progress') THEN 0 ELSE basis_minutes END AS credited_minutes
FROM repeated
