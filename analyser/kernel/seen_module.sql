-- seen_module: one row per participant and activity or module they have an event in.
-- kept as a part
SELECT pid, oid FROM presence
