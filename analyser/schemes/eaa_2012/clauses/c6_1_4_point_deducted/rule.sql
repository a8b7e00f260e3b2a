-- one row per completed credit row of a lecture: is absence below what takes off a point?
-- Absence is what no scan covers, so that every scan of the activity shows it.
WITH scanned AS (
  SELECT pid, oid, list(rid) AS rids FROM own_scan
  SEMI JOIN (FROM absence_reading WHERE absence_code = 'POINT_DEDUCTED') USING (pid, oid) GROUP BY ALL)
SELECT CASE WHEN absence_code = 'POINT_DEDUCTED' THEN 'failed' WHEN is_open THEN 'not_assessable' ELSE 'passed' END AS verdict,
  'row' AS level, pid, oid, row_no, ends_us AS at_us, absence_us // 1000000 AS value, getvariable('lecture_one_us') // 1000000 AS limit_value,
  'scans' AS rid_table, s.rids, 'a scan without its counterpart leaves open how long somebody was absent' AS why
-- Who was absent for so long that no point is left is asked by another rule.
FROM absence_reading LEFT JOIN scanned s USING (pid, oid) WHERE mode = 'lecture' AND absence_code IS DISTINCT FROM 'ABSENT_TOO_LONG'
