-- one row per credit row of a registered activity: can its timetable be used?
SELECT CASE WHEN f.oid IS NULL THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no,
  f.segments AS value, 'sessions_timetable' AS rid_table, f.rids
FROM credit_fact c LEFT JOIN timetable_fault f USING (oid) WHERE c.is_registered
