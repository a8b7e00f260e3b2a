-- credit_case: one row per participant and registered module they have an event in, and its completion.
SELECT p.pid, p.oid, 1 AS row_no, p.first_pos, p.first_rid, NULL::BIGINT AS row_begin_pos, NULL::BIGINT AS begin_pos,
  min(m.pos) FILTER (m.kind = 'complete') AS credit_pos
FROM presence p JOIN owner_key k ON k.oid = p.oid AND k.is_registered
JOIN moment m ON m.pid = p.pid AND m.oid = p.oid
GROUP BY ALL
