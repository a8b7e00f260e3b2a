-- cycle: one row per cycle of a credit row: content, first attempt and one retake. Run again until
-- no cycle follows: a failed retake opens another once everything was completed again after it,
-- a finished row opens another when somebody goes on to be assessed.
-- repeated
-- reads cycle_seed
WITH open_cycle AS (
  SELECT pid, oid, row_no, cycle_no + 1 AS cycle_no, row_begin_pos, last_pos AS begin_pos
  FROM frontier WHERE outcome = 'failed'
  UNION ALL
  SELECT pid, oid, row_no + 1, 1, credit_pos, credit_pos
  FROM frontier JOIN (SELECT pid, oid, max(submit_pos) AS last_submit_pos FROM submission GROUP BY ALL) USING (pid, oid)
  WHERE last_submit_pos > credit_pos
  UNION ALL
  SELECT pid, oid, 1, 1, NULL, NULL FROM frontier WHERE outcome IS NULL),
met AS (
  SELECT o.pid, o.oid, c.object_id, bool_or(c.is_needed) AS needed,
    min(c.pos) FILTER (c.is_whole) AS whole_pos, min(c.pos) AS pos
  FROM open_cycle o JOIN completion c
    ON c.pid = o.pid AND c.oid = o.oid AND c.pos > coalesce(o.begin_pos, -1)
  GROUP BY ALL),
content AS (
  SELECT m.pid, m.oid,
    least(CASE WHEN count(*) FILTER (needed) = any_value(r.n) THEN max(m.pos) FILTER (needed) END,
      min(whole_pos)) AS content_pos
  FROM met m
  JOIN (SELECT oid, count(*) AS n FROM requirement GROUP BY oid) r USING (oid)
  GROUP BY m.pid, m.oid),
ready AS (
  SELECT o.*, c.content_pos, CASE WHEN o.cycle_no = 1 THEN coalesce(o.begin_pos, -1) ELSE c.content_pos END AS from_pos
  FROM open_cycle o LEFT JOIN content c USING (pid, oid)
  WHERE o.cycle_no = 1 OR c.content_pos IS NOT NULL),
sat AS (
  SELECT r.pid, r.oid, s.submit_pos, s.attempt_id, s.is_passed, s.pass_mark IS NULL AS is_unmarked,
    row_number() OVER (PARTITION BY r.pid, r.oid ORDER BY s.submit_pos) AS n
  FROM ready r JOIN submission s ON s.pid = r.pid AND s.oid = r.oid AND s.submit_pos > r.from_pos
  QUALIFY n <= 2),
judged AS (
  SELECT r.*, a.submit_pos AS first_submit_pos, a.attempt_id AS first_attempt_id,
    b.submit_pos AS retake_submit_pos, b.attempt_id AS retake_attempt_id,
    CASE WHEN a.is_unmarked THEN 'unmarked' WHEN a.is_passed THEN 'passed' WHEN a.pid IS NULL OR b.pid IS NULL THEN 'open'
      WHEN b.is_unmarked THEN 'unmarked' WHEN b.is_passed THEN 'passed' ELSE 'failed' END AS outcome,
    CASE WHEN a.is_unmarked OR a.is_passed OR b.pid IS NULL THEN a.submit_pos ELSE b.submit_pos END AS last_pos,
    CASE WHEN a.is_unmarked OR a.is_passed OR b.pid IS NULL THEN a.attempt_id ELSE b.attempt_id END AS last_attempt_id
  FROM ready r
  LEFT JOIN sat a ON a.pid = r.pid AND a.oid = r.oid AND a.n = 1
  LEFT JOIN sat b ON b.pid = r.pid AND b.oid = r.oid AND b.n = 2)
SELECT *, CASE WHEN outcome = 'passed' THEN last_pos END AS pass_pos,
  CASE WHEN outcome = 'passed' AND content_pos IS NOT NULL THEN greatest(content_pos, last_pos) END AS credit_pos
FROM judged
