-- one row per claim by Recognition of Prior Learning: is its industry in the list?
SELECT CASE WHEN c.industry_id IS NOT NULL THEN 'passed'
    WHEN c.industry IS NULL THEN 'not_assessable' ELSE 'failed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids,
  'the claim names neither industry nor class' AS why
FROM claim c WHERE c.kind = 'rpl'
