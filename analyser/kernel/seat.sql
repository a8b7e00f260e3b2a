-- seat: one row per event whose session is not simply the one of its id: those of derived
-- sessions, and those of ids that closed before their last event (late: after the close).
SELECT d.rid, s.sess, false AS is_late
FROM derived_event d JOIN session s ON s.pid = d.pid AND s.turn = d.turn AND s.is_derived
UNION ALL
SELECT h.rid, s.sess, coalesce(h.pos > s.close_pos, false)
FROM (SELECT * FROM homed SEMI JOIN (FROM session WHERE is_tangled) USING (pid, sid)) h
ASOF JOIN (FROM session WHERE is_tangled) s ON h.pid = s.pid AND h.sid = s.sid AND h.pos >= s.start_pos
