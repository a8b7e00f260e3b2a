-- credit_case: one row per participant and registered module they have an event in.
SELECT p.pid, p.oid, 1 AS row_no, NULL::BIGINT AS row_begin_pos, p.first_pos, p.last_pos, p.first_rid, q.submit_pos AS credit_pos,
  q.attempt_id AS passing_attempt_id, q.submit_rid, hk_date(at_of(coalesce(q.submit_pos, p.last_pos))) AS on_date
FROM presence p JOIN owner_key k ON k.oid = p.oid AND k.is_registered
LEFT JOIN counted_quiz q ON q.pid = p.pid AND q.oid = p.oid AND q.n = 1
