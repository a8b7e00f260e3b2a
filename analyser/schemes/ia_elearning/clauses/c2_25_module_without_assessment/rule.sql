-- one row per registered module: does it have an assessment of its own?
-- across participants
WITH module AS (
  SELECT k.oid, a.activity_id, a.module_id, bool_or(a.pass_mark IS NOT NULL OR a.paper_size IS NOT NULL) AS is_registered, list(a.rid ORDER BY a.rid) AS rids
  FROM activities a JOIN owner_key k ON k.activity_id = a.activity_id AND k.module_id = a.module_id
  GROUP BY ALL)
SELECT CASE WHEN m.is_registered OR m.oid IN (SELECT oid FROM assessed_module)
      OR EXISTS (FROM questions q WHERE q.activity_id = m.activity_id AND coalesce(q.module_id, m.module_id) = m.module_id)
    THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, m.activity_id, m.module_id, 'activities' AS rid_table, m.rids
FROM module m
