-- presence: one row per participant and owner with a trail.
SELECT pid, oid FROM attendee
