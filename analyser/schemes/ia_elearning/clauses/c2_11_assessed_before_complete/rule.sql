-- one row per registered module with credit dates: did assessments come after the learning?
-- across participants
SELECT CASE WHEN count(*) FILTER (is_assessed_early) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, k.activity_id, k.module_id, oid, count(*) FILTER (is_assessed_early) AS value,
  count(*) AS limit_value,
  coalesce(flatten(list([pass_rid, credit_rid] ORDER BY credit_rid) FILTER (is_assessed_early)), []) AS rids
FROM credit_line JOIN owner_key k USING (oid) WHERE credited_on IS NOT NULL GROUP BY ALL
