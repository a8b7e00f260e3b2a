-- one row per submitted quiz: was it passed?
SELECT CASE WHEN is_passed THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, 1 AS row_no, attempt_id,
  at_of(submit_pos) AS at_us, [submit_rid] AS rids
FROM counted_quiz
