-- one row per approval in minutes: are its minutes whole units, and at least one?
-- across participants
SELECT CASE WHEN approved_minutes >= getvariable('credit_unit_minutes')
      AND approved_minutes % getvariable('credit_unit_minutes') = 0 THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, activity_id, module_id, approved_minutes AS value,
  getvariable('credit_unit_minutes') AS limit_value, 'activities' AS rid_table, [rid] AS rids
FROM activities
-- An approval in points is another scheme's.
WHERE approved_minutes IS NOT NULL
