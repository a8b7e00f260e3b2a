-- one row per registered activity that somebody learned in: does the system track idle time, or
-- log people out by itself?
-- across participants
SELECT CASE WHEN EXISTS (FROM seen_kind WHERE kind IN ('idle', 'timeout')) OR bool_or(a.auto_logout_s IS NOT NULL)
    THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, a.activity_id, 'activities' AS rid_table, list(a.rid ORDER BY a.rid) AS rids
FROM activities a
WHERE a.activity_id IN (SELECT activity_id FROM activity_time) GROUP BY a.activity_id
