-- seated: one row per moment with its session; `is_late` is after the session's close.
SELECT h.rid, h.pid, h.pos, h.kind, h.oid, coalesce(x.sess, s.sess) AS sess,
  coalesce(x.is_late, false) AS is_late, h.is_input AND NOT coalesce(x.is_late, false) AS is_input
FROM homed h
LEFT JOIN seat x USING (rid)
LEFT JOIN (SELECT sid, sess FROM session WHERE NOT is_tangled AND NOT is_derived) s ON s.sid = h.sid
