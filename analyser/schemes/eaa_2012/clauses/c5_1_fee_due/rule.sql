-- one row per application: its fee (a figure, no failing).
SELECT CASE WHEN fee IS NULL THEN 'not_assessable' ELSE 'passed' END AS verdict, fee IS NOT NULL AS is_finding,
  'register' AS level, activity_id, epoch_us(submitted_on::TIMESTAMP) - getvariable('hong_kong_us') AS at_us,
  fee AS value, hours AS limit_value, 'submissions' AS rid_table, [rid] AS rids,
  'neither register nor timetable shows contact time' AS why
FROM application
