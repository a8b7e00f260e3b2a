-- one row per claim: does it name what it can be checked by?
WITH counted AS (
  SELECT *, (award_date IS NULL)::INTEGER + (kind = 'rpl' AND level IS NULL)::INTEGER
    + (kind = 'rpl' AND industry IS NULL AND class IS NULL)::INTEGER AS missing_count FROM claim)
SELECT CASE WHEN c.missing_count > 0 THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids, c.missing_count AS value
FROM counted c
