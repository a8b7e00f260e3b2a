-- seat: one row per moment of a session id that closed before its last event, with its session;
-- `is_late` is after that session's close.
WITH tangled AS (FROM session WHERE is_tangled)
SELECT h.rid, h.pid, h.sid, h.pos, h.kind, h.oid, s.sess, coalesce(h.pos > s.close_pos, false) AS is_late, h.is_input
FROM (FROM homed SEMI JOIN tangled USING (sid)) h ASOF JOIN tangled s ON h.sid = s.sid AND h.pos >= s.start_pos
