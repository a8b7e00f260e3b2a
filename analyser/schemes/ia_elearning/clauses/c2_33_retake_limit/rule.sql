-- one row per attempt submitted after a failed retake: was everything studied again before it?
WITH failed AS (
  SELECT c.pid, c.oid, c.last_pos AS failed_pos, b.submit_rid AS failed_rid, n.content_pos AS restudied_pos
  FROM cycle c
  JOIN submission b ON b.pid = c.pid AND b.oid = c.oid AND b.submit_pos = c.last_pos
  -- An unfinished repeat makes no row, so it has nothing to limit.
  JOIN credit_case k ON k.pid = c.pid AND k.oid = c.oid AND k.row_no = c.row_no
  LEFT JOIN cycle n
    ON n.pid = c.pid AND n.oid = c.oid AND n.row_no = c.row_no AND n.cycle_no = c.cycle_no + 1
  WHERE c.outcome = 'failed')
SELECT CASE WHEN s.submit_pos > f.restudied_pos THEN 'passed' ELSE 'failed' END AS verdict,
  -- As long as nothing was studied again the row stays refused; later the attempt alone does not count.
  CASE WHEN f.restudied_pos IS NULL THEN 'not_earned' ELSE 'note' END AS effect, 'row' AS level, s.pid, s.oid, s.attempt_id, s.submit_pos AS pos, at_of(s.submit_pos) AS at_us,
  at_of(f.failed_pos) AS until_us, [f.failed_rid, s.submit_rid] AS rids
FROM submission s ASOF JOIN failed f ON f.pid = s.pid AND f.oid = s.oid AND s.submit_pos > f.failed_pos
