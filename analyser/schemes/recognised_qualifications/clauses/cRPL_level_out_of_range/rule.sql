-- one row per claim by Recognition of Prior Learning: is its level one that the mechanism gives?
SELECT CASE WHEN c.level IS NULL THEN 'not_assessable'
    WHEN c.level BETWEEN getvariable('rpl_least_level') AND getvariable('rpl_most_level') THEN 'passed'
    ELSE 'failed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids,
  c.level AS value, getvariable('rpl_most_level') AS limit_value, 'the claim names no level' AS why
FROM claim c WHERE c.kind = 'rpl'
