-- one row per claim of a linked registration class with a date: was the award made since the link began?
SELECT CASE WHEN c.award_date < q.linked_from::DATE THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids,
  midnight_us(c.award_date) AS at_us, midnight_us(q.linked_from::DATE) AS until_us
FROM claim c JOIN qualification q ON q.class = c.class_id
WHERE c.award_date IS NOT NULL
