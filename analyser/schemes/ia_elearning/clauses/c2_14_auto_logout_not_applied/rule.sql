-- one row per registered activity: did sessions go on after a silence that should have ended them?
WITH setting AS (
  SELECT activity_id, max(auto_logout_s) AS limit_s, min(rid) AS rid FROM activities GROUP BY ALL),
silence AS (
  SELECT k.activity_id, g.end_us - g.silent_us AS silent_us, g.next_rid FROM gap g JOIN owner_key k USING (oid))
SELECT CASE WHEN s.limit_s IS NULL THEN 'not_assessable'
    WHEN count(n.silent_us) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, s.activity_id, count(n.silent_us) AS value, s.limit_s AS limit_value,
  coalesce(list(n.next_rid ORDER BY n.next_rid) FILTER (n.next_rid IS NOT NULL), []) AS rids,
  'no automatic logout in the register' AS why
FROM setting s LEFT JOIN silence n ON n.activity_id = s.activity_id
  AND n.silent_us > s.limit_s * 1000000 + getvariable('auto_logout_grace_us')
WHERE s.activity_id IN (SELECT activity_id FROM activity_time)
GROUP BY s.activity_id, s.limit_s
