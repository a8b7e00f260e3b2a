-- row_window: one row per participant and module: all of its time is one row's.
SELECT p.pid, p.oid, 1 AS row_no, at_of(p.first_pos) AS start_us, getvariable('as_of_end_us') AS end_us FROM presence p
