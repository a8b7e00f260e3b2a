-- one row per completed credit row: does the activity give a point at all?
SELECT CASE WHEN points > 0 THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, row_no,
  ends_us AS at_us, points AS value, 'activities' AS rid_table, register_rids AS rids
FROM credit_fact WHERE is_registered AND has_timetable AND is_complete
