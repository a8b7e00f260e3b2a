-- passed_factor: one row per participant and method of a passed identity check.
-- kept as a part
SELECT pid, factor, any_value(class) AS class, count(*) AS n, min(rid) AS rid
FROM check_event WHERE outcome = 'pass' AND factor IS DISTINCT FROM 'supervised' GROUP BY pid, factor
