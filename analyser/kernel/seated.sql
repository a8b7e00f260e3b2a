-- seated: one row per moment with its session (a view); `is_late` is after the session's close.
-- kept as a view
SELECT rid, pid, pos, kind, oid, sid AS sess, false AS is_late, is_input
FROM homed ANTI JOIN (SELECT sid FROM session WHERE is_tangled) USING (sid) WHERE sid IS NOT NULL
UNION ALL
SELECT d.rid, d.pid, d.pos, d.kind, d.oid, s.sess, false, d.is_input
FROM derived_event d JOIN session s ON s.pid = d.pid AND s.turn = d.turn AND s.is_derived
UNION ALL
SELECT rid, pid, pos, kind, oid, sess, is_late, is_input AND NOT is_late FROM seat
