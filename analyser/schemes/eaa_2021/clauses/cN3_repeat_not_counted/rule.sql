-- one row per credit row with a counting quiz: was it completed again?
SELECT CASE WHEN max(q.n) > 1 THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, f.pid, f.oid, f.row_no,
  max(at_of(q.submit_pos)) AS at_us, max(q.n) - 1 AS value, list(q.submit_rid ORDER BY q.submit_pos) AS rids
FROM credit_fact f JOIN counted_quiz q ON q.pid = f.pid AND q.oid = f.oid AND q.n IS NOT NULL
GROUP BY f.pid, f.oid, f.row_no
