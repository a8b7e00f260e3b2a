-- one row per registered module with a content list: is each completed item also seen being used?
-- across participants
SELECT CASE WHEN sum(unseen_count) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, oid, sum(unseen_count)::BIGINT AS value, sum(n)::BIGINT AS limit_value,
  list_sort(flatten(list(rids)))[:100] AS rids
FROM unseen_item GROUP BY oid
