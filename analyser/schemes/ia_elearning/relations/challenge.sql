-- challenge: one row per unscheduled identity check and activity it belongs to: the activity it
-- names, or every activity learned in its session.
WITH learned AS (
  SELECT DISTINCT r.sess, k.activity_id FROM learned_run r JOIN owner_key k USING (oid)),
asked AS (
  SELECT c.*, c.activity_id AS of_activity FROM check_event c
  WHERE c.purpose = 'challenge' AND c.activity_id IS NOT NULL
  UNION ALL
  SELECT c.*, l.activity_id FROM check_event c JOIN learned l USING (sess)
  WHERE c.purpose = 'challenge' AND c.activity_id IS NULL)
SELECT a.* EXCLUDE (activity_id, module_id, of_activity), a.of_activity AS activity_id,
  coalesce(o.oid, 0) AS owner_oid, k.activity_id AS owner_activity_id, k.module_id AS owner_module_id
FROM asked a
ASOF LEFT JOIN (SELECT pid, pos, oid FROM attention WHERE is_change) o ON o.pid = a.pid AND a.pos > o.pos
LEFT JOIN owner_key k ON k.oid = o.oid
WHERE a.of_activity IN (SELECT activity_id FROM activities)
