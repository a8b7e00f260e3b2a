-- one row per completed credit row of a multi-session activity: is absence below the limit?
-- Absence is what no scan covers, so that every scan of the activity shows it.
WITH scanned AS (
  SELECT pid, oid, list(rid) AS rids FROM own_scan
  SEMI JOIN (FROM absence_reading WHERE absence_code = 'ABSENCE_LIMIT') USING (pid, oid) GROUP BY ALL)
SELECT CASE WHEN absence_code = 'ABSENCE_LIMIT' THEN 'failed' WHEN is_open THEN 'not_assessable' ELSE 'passed' END AS verdict,
  'row' AS level, pid, oid, row_no, ends_us AS at_us, absence_us // 1000000 AS value, limit_pct * contact_us // (100 * 1000000) AS limit_value,
  'scans' AS rid_table, s.rids, 'a scan without its counterpart leaves open how long somebody was absent' AS why
FROM absence_reading LEFT JOIN scanned s USING (pid, oid) WHERE mode = 'multi_session'
