-- one row per credit row with a credit date: was the module already awarded in the period?
WITH earlier AS (
  SELECT r.pid, r.oid, r.row_no, a.credit_rid AS rid FROM credit_outcome r JOIN credit_outcome a
    ON a.pid = r.pid AND a.oid = r.oid AND a.period = r.period AND a.status = 'awarded' AND a.figure = 'likely'
  WHERE r.is_repeat AND r.figure = 'likely')
SELECT CASE WHEN c.is_repeat THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level,
  c.pid, c.oid, c.row_no, c.credit_pos AS pos, at_of(c.credit_pos) AS at_us, [e.rid, c.credit_rid] AS rids
FROM credit_outcome c LEFT JOIN earlier e USING (pid, oid, row_no)
WHERE c.figure = 'likely' AND c.credit_pos IS NOT NULL
