-- one row per registered activity that somebody learned in: was everybody warned before it began?
-- across participants
SELECT CASE WHEN NOT EXISTS (FROM seen_kind WHERE kind = 'acknowledge') THEN 'not_assessable'
    WHEN count(*) FILTER (NOT is_warned) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, activity_id, count(*) FILTER (NOT is_warned) AS value, count(*) AS limit_value,
  coalesce(list(first_rid ORDER BY first_rid) FILTER (NOT is_warned), []) AS rids,
  'the export records no warnings' AS why
FROM warned GROUP BY activity_id
