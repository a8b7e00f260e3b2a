-- one row per completed credit row of a lecture: is absence below what takes off a point?
SELECT CASE WHEN absence_code = 'POINT_DEDUCTED' THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, pid, oid, row_no,
  ends_us AS at_us, absence_us // 1000000 AS value, getvariable('lecture_one_us') // 1000000 AS limit_value,
  'scans' AS rid_table, [first_rid] AS rids
FROM attendance WHERE figure = 'likely' AND is_complete AND mode = 'lecture'
