-- credit_line: one row per row of the credits table: what a certificate for it rests on.
-- kept as a part
SELECT pid, oid, row_no, status, credited_minutes, period, on_date, first_rid, credit_rid,
  at_of(credit_pos) AS credited_us,
  hk_date(at_of(credit_pos)) AS credited_on, at_of(pass_pos) < at_of(content_pos) AS is_assessed_early
FROM credit_outcome WHERE figure = 'likely'
