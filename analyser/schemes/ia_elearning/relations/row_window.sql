-- row_window: one row per credit row: the time its figures are taken from.
-- kept as a view
SELECT pid, oid, row_no, coalesce(at_of(begin_pos), -9223372036854775807) AS start_us,
  coalesce(at_of(credit_pos), 9223372036854775807) AS end_us
FROM credit_case
