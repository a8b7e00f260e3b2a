-- joined: one row per event without a session id that lies within exactly one session with an id.
-- A running sum of the open sessions' numbers is the number of the only one, when one is open.
WITH numbered AS (SELECT *, row_number() OVER (ORDER BY pid, sid, turn) AS n FROM id_span),
point AS (
  SELECT pid, at_of(start_pos) AS at_us, 0 AS step, 1 AS delta, n, NULL::BIGINT AS rid FROM numbered
  UNION ALL
  SELECT pid, at_of(end_pos), 0, -1, -n, NULL FROM numbered
  UNION ALL
  SELECT pid, at_of(pos), 1, 0, 0, rid FROM moment WHERE sid IS NULL),
counted AS (
  SELECT rid, sum(delta) OVER upto AS open_count, sum(n) OVER upto AS open_n FROM point
  WINDOW upto AS (PARTITION BY pid ORDER BY at_us, step RANGE UNBOUNDED PRECEDING))
SELECT c.rid, n.sid FROM counted c JOIN numbered n ON n.n = c.open_n
WHERE c.rid IS NOT NULL AND c.open_count = 1
