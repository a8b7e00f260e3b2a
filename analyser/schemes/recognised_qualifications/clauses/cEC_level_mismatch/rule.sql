-- one row per claim of a qualification whose level is listed: do the levels agree?
SELECT CASE WHEN c.level IS NULL THEN 'not_assessable' WHEN c.level = q.level::BIGINT THEN 'passed' ELSE 'failed' END AS verdict,
  'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids, c.level AS value, q.level::BIGINT AS limit_value, 'the claim names no level' AS why
FROM claim c JOIN qualification q ON q.name_zh = c.qualification_id AND q.industry_id = c.industry_id
