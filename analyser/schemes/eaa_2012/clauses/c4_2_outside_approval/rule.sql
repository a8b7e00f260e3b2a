-- one row per completed credit row: do the days of the activity lie in an approval?
WITH approval AS (
  SELECT p.oid, list(r.rid) AS rids FROM register_part p JOIN register_row r ON r.oid = p.part GROUP BY p.oid)
SELECT CASE WHEN is_approved THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, row_no,
  ends_us AS at_us, 'activities' AS rid_table, a.rids
FROM credit_fact JOIN approval a USING (oid) WHERE is_registered AND has_timetable AND is_complete
