-- one row per credit row of a registered activity: is there contact time in its timetable?
SELECT CASE WHEN has_timetable THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, row_no,
  first_us AS at_us, 'scans' AS rid_table, [first_rid] AS rids
FROM credit_fact WHERE is_registered
