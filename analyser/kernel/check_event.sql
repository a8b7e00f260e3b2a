-- check_event: one row per identity check of the participant's own, with its class of factor.
SELECT s.rid, s.pid, s.pos, s.oid, s.sess, s.is_input, e.activity_id, e.module_id, e.purpose, e.outcome,
  e.factor, e.attempt_id, e.object_id, f.class
FROM seated s
JOIN stored_event e USING (rid)
LEFT JOIN factor_class f ON f.factor = e.factor
WHERE s.kind = 'verify'
