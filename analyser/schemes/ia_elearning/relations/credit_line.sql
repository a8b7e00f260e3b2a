-- credit_line: one row per row of the credits table: what a certificate for it rests on.
-- kept as a part
WITH line AS (
  SELECT *, at_of(pass_pos) < at_of(content_pos) AS is_assessed_early FROM credit_outcome WHERE figure = 'likely'),
early AS (
  SELECT l.pid, l.oid, l.row_no, a.submit_rid AS pass_rid
  FROM line l JOIN attempt a ON a.pid = l.pid AND a.oid = l.oid AND a.submit_pos = l.pass_pos WHERE l.is_assessed_early)
SELECT pid, oid, row_no, status, credited_minutes, period, on_date, credit_rid, pass_rid,
  -- What the row would give if completion alone decided (2.12 read literally).
  CASE WHEN credit_pos IS NULL OR is_barred OR is_held OR is_repeat THEN 0 ELSE coalesce(stated_minutes, 0) END AS completion_minutes,
  at_of(credit_pos) AS credited_us, hk_date(at_of(credit_pos)) AS credited_on,
  hk_date(at_of(content_pos)) AS content_on, hk_date(at_of(pass_pos)) AS passed_on, is_assessed_early
FROM line LEFT JOIN early USING (pid, oid, row_no)
