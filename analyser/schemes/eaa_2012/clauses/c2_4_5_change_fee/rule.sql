-- one row per application for a major change: its fee (a figure, no failing).
SELECT 'passed' AS verdict, true AS is_finding, 'register' AS level, activity_id,
  epoch_us(submitted_on::TIMESTAMP) - getvariable('hong_kong_us') AS at_us, getvariable('fee_change') AS value,
  'submissions' AS rid_table, [rid] AS rids
FROM submissions WHERE kind = 'major_change'
