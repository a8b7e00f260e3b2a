-- idle_record: one row per piece of a stretch that the learning system itself recorded as idle.
SELECT r.pid, r.sess, r.oid, s.rid, greatest(r.start_us, at_of(s.pos) - e.duration_us) AS start_us,
  least(r.end_us, at_of(s.pos)) AS end_us
FROM seated s
JOIN stored_event e USING (rid)
JOIN learned_run r ON r.sess = s.sess AND r.oid > 0
  AND r.start_us < at_of(s.pos) AND r.end_us > at_of(s.pos) - e.duration_us
WHERE s.kind = 'idle' AND e.duration_us > 0
