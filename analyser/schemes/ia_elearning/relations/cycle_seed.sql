-- cycle_seed: one row per participant and registered module they have an event in.
-- kept as a view
-- The columns are those of a finished cycle that the next one reads; nothing is known of them yet.
SELECT p.pid, p.oid, NULL::INTEGER AS row_no, NULL::INTEGER AS cycle_no, NULL::VARCHAR AS outcome,
  NULL::BIGINT AS row_begin_pos, NULL::BIGINT AS last_pos, NULL::BIGINT AS credit_pos
FROM presence p JOIN owner_key k ON k.oid = p.oid AND k.is_registered
