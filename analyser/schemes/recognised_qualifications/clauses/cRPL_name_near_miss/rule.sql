-- one row per claim with a name that is in no list: is it like one that is?
WITH unknown AS (
  SELECT * FROM claim WHERE agency_id IS NULL OR (industry IS NOT NULL AND industry_id IS NULL)
    OR (qualification_id IS NULL AND industry_id IN (SELECT industry_id FROM qualification)))
SELECT CASE WHEN c.rid IN (SELECT rid FROM near_name) THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids
FROM unknown c
