-- one row per claim: is its agency in the list?
SELECT CASE WHEN c.agency_id IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids
FROM claim c
