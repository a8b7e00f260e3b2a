-- cycle_seed: one row per participant and registered module they have an event in.
SELECT p.pid, p.oid FROM presence p JOIN owner_key k ON k.oid = p.oid AND k.is_registered
