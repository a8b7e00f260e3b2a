-- one row per credit row with a counting submission: was there a pass mark to hold it against?
SELECT CASE WHEN c.outcome = 'unmarked' THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level,
  f.pid, f.oid, f.row_no, c.last_attempt_id AS attempt_id, c.last_pos AS pos,
  at_of(c.last_pos) AS at_us, [s.submit_rid] AS rids
FROM credit_fact f
JOIN cycle c ON c.pid = f.pid AND c.oid = f.oid AND c.row_no = f.row_no
  AND c.begin_pos IS NOT DISTINCT FROM f.begin_pos
JOIN submission s ON s.pid = c.pid AND s.oid = c.oid AND s.submit_pos = c.last_pos
