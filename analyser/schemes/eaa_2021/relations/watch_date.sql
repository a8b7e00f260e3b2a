-- watch_date: one row per participant, module and moment up to which watching is asked for: the begin of each
-- quiz, and the audit date.
SELECT pid, oid, attempt_id, at_of(begin_pos) AS until_us FROM quiz
UNION ALL
SELECT p.pid, p.oid, NULL, getvariable('as_of_end_us') FROM presence p JOIN owner_key k ON k.oid = p.oid AND k.is_registered
