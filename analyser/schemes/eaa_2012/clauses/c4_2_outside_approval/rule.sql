-- one row per completed credit row: do the days of the activity lie in an approval?
SELECT CASE WHEN is_approved THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, row_no,
  ends_us AS at_us, 'activities' AS rid_table, register_rids AS rids
FROM credit_fact WHERE is_registered AND has_timetable AND is_complete
