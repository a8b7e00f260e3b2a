-- quiz: one row per submitted quiz of a registered module: when it began, and whether it was passed.
SELECT pid, oid, attempt_id, begin_pos, submit_pos, submit_rid,
  coalesce(reaches(fraction(score, max_score), fraction(getvariable('quiz_pass_pct'), 100)), false) AS is_passed
FROM attempt_score
