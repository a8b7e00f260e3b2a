-- long_silence: one row per silence that an activity's automatic logout should have ended.
-- kept as a part
WITH setting AS (SELECT activity_id, max(auto_logout_s) AS limit_s FROM activities GROUP BY ALL)
SELECT g.pid, k.activity_id, g.rid, g.next_rid
FROM gap g JOIN owner_key k USING (oid) JOIN setting s USING (activity_id)
-- Who has to log in again was logged out, whatever session id goes on.
ANTI JOIN (FROM seated WHERE kind = 'login') l ON l.rid = g.next_rid AND l.sess = g.sess
WHERE g.end_us - g.silent_us > s.limit_s * 1000000 + getvariable('auto_logout_grace_us')
