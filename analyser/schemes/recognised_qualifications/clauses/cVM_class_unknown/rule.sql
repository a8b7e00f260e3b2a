-- one row per claim that names a registration class: is it one of the linked ones?
SELECT CASE WHEN c.class_id IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids
FROM claim c WHERE c.class IS NOT NULL
