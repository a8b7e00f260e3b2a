-- due_date: one row per completed activity: the last day on which its attendance record is in time. Unknown
-- (null) where no general holiday of that year is listed.
WITH day AS (
  SELECT t.oid, t.last_on, unnest(generate_series(t.last_on + 1,
    t.last_on + 60 + 2 * getvariable('submission_workdays')::INTEGER, INTERVAL 1 DAY))::DATE AS on_date
  FROM activity_time t WHERE t.is_complete),
holiday AS (SELECT key::DATE AS on_date FROM policy_map WHERE name = 'holidays'),
working AS (
  SELECT d.*, row_number() OVER (PARTITION BY d.oid ORDER BY d.on_date) AS n
  FROM day d ANTI JOIN holiday USING (on_date)
  WHERE dayname(d.on_date) <> 'Sunday' AND (dayname(d.on_date) <> 'Saturday' OR getvariable('workday_sat') = 1))
SELECT oid, last_on, CASE WHEN year(last_on) IN (SELECT year(on_date) FROM holiday)
    AND year(on_date) IN (SELECT year(on_date) FROM holiday) THEN on_date END AS due_on
FROM working WHERE n = getvariable('submission_workdays')
