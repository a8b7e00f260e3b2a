-- credit_outcome: one row per credit row and reading of unpaired scans: status and points.
-- reads found
WITH effect AS (
  SELECT pid, oid, row_no, bool_or(effect = 'not_earned' AND code NOT IN ('ABSENT_TOO_LONG', 'ABSENCE_LIMIT')) AS is_barred,
    bool_or(effect = 'hold') AS is_held
  FROM found WHERE level = 'row' GROUP BY ALL),
every AS (
  SELECT a.*, coalesce(e.is_barred, false) AS is_barred, coalesce(e.is_held, false) AS is_held
  FROM attendance a LEFT JOIN effect e USING (pid, oid, row_no)),
judged AS (
  SELECT *, CASE WHEN NOT is_complete THEN 'in_progress' WHEN is_barred OR points_left = 0 THEN 'not_earned'
      WHEN is_held THEN 'held' ELSE 'awarded' END AS status FROM every),
unmeasured AS (
  -- Not registered, or without a timetable: nothing can be measured.
  SELECT *, 'likely' AS figure, 'held' AS status FROM credit_fact WHERE NOT (is_registered AND has_timetable))
SELECT * REPLACE (CASE WHEN status IN ('awarded', 'held') THEN points_left ELSE 0 END AS points_left,
  CASE WHEN status IN ('awarded', 'held') THEN core_left ELSE 0 END AS core_left,
  CASE WHEN status IN ('awarded', 'held') THEN non_core_left ELSE 0 END AS non_core_left)
FROM judged
UNION ALL BY NAME
FROM unmeasured
