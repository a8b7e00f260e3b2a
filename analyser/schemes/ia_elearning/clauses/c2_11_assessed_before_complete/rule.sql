-- one row per registered module with credit dates: did assessments come after the learning?
SELECT CASE WHEN count(*) FILTER (at_of(pass_pos) < at_of(content_pos)) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, activity_id, module_id, oid, count(*) FILTER (at_of(pass_pos) < at_of(content_pos)) AS value,
  count(*) AS limit_value,
  coalesce(list(first_rid ORDER BY first_rid) FILTER (at_of(pass_pos) < at_of(content_pos)), []) AS rids
FROM credit_fact WHERE credit_pos IS NOT NULL GROUP BY ALL
