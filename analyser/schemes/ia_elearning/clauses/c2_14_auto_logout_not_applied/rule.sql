-- one row per registered activity: did sessions go on after a silence that should have ended them?
-- across participants
WITH setting AS (
  SELECT activity_id, max(auto_logout_s) AS limit_s FROM activities GROUP BY ALL)
SELECT CASE WHEN s.limit_s IS NULL THEN 'not_assessable'
    WHEN count(n.pid) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, s.activity_id, count(n.pid) AS value, s.limit_s AS limit_value,
  list_distinct(flatten(list([n.rid, n.next_rid]))) AS rids,
  'no automatic logout in the register' AS why
FROM setting s LEFT JOIN long_silence n ON n.activity_id = s.activity_id
WHERE s.activity_id IN (SELECT activity_id FROM activity_time)
GROUP BY s.activity_id, s.limit_s
