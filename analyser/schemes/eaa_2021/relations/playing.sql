-- playing: one row per clip that played: which part of which video it showed. A clip that does not say
-- how much was left is taken to have begun at the start, which can only count too little.
SELECT c.pid, c.oid, c.pos, c.start_us, c.end_us, e.object_id, v.length_us,
  greatest(v.length_us - coalesce(e.duration_us, v.length_us), 0) AS from_us
FROM clip c JOIN stored_event e USING (rid)
JOIN video v ON v.oid = c.oid AND v.object_id = e.object_id
