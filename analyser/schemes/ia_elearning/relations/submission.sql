-- submission: one row per submitted attempt, with the pass mark of its day and whether it passed.
SELECT s.*, r.pass_mark,
  coalesce(reaches(fraction(s.score, s.max_score), fraction(r.pass_mark, 100)), false) AS is_passed
FROM attempt_score s
JOIN register_at('submission_date') d
  ON d.oid = s.oid AND d.on_date = hk_date(at_of(s.submit_pos))
JOIN register_row r ON r.oid = d.oid AND r.rank = d.rank
