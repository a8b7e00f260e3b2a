-- row_window: one row per credit row: the time its figures are taken from, up to the completion.
SELECT pid, oid, row_no, at_of(first_pos) AS start_us, coalesce(at_of(credit_pos), getvariable('as_of_end_us')) AS end_us
FROM credit_case
