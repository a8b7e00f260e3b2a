-- one row per registered activity in modules: have they one name and one mode?
SELECT CASE WHEN modes = 1 AND titles <= 1 THEN 'passed' ELSE 'failed' END AS verdict, 'register' AS level, oid,
  parts AS value, 'activities' AS rid_table, rids
FROM activity_fact WHERE parts > 1
