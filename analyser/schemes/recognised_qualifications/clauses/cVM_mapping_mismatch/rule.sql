-- one row per claim of a linked registration class: is the qualification the one of its class?
SELECT CASE WHEN q.class = c.class_id THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids,
  CASE WHEN q.class IS NULL THEN 'hold' END AS effect
FROM claim c LEFT JOIN qualification q ON q.name_zh = c.qualification_id AND q.industry_id = c.industry_id
WHERE c.class_id IS NOT NULL
