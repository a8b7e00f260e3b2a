-- one row per claim whose agency (and, for Recognition of Prior Learning, industry) is in the lists: is it appointed?
SELECT CASE WHEN c.rid IN (SELECT rid FROM term) THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids
FROM claim c WHERE c.agency_id IS NOT NULL AND (c.kind = 'professional' OR c.industry_id IS NOT NULL)
