-- one row per registered activity with points: are they those of its contact hours?
SELECT CASE WHEN NOT has_contact_minutes THEN 'not_assessable' WHEN points = points_by_hours THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, oid, points AS value, points_by_hours AS limit_value, 'activities' AS rid_table, rids,
  'the register shows no contact minutes' AS why
FROM activity_fact WHERE pointed_parts > 0
