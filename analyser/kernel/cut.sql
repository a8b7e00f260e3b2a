-- cut: one row per point where a session ends or times out. The stretch ends there unless
-- another session of the participant is open; then the event is left out of the sequence.
WITH mark AS (
  SELECT pid, end_pos AS pos, end_us AS at_us, 0 AS own_count, -1 AS owner FROM session
  UNION ALL
  -- Between a timeout and its logout the session is still open, and nobody's learning.
  SELECT pid, timeout_pos, at_of(timeout_pos), (at_of(timeout_pos) < end_us)::INTEGER, 0
  FROM session WHERE timeout_pos IS NOT NULL),
point AS (
  SELECT pid, start_us AS at_us, 0 AS step, 1 AS delta, NULL::BIGINT AS pos, 0 AS own_count, 0 AS owner
  FROM session
  UNION ALL SELECT pid, end_us, 0, -1, NULL, 0, 0 FROM session
  UNION ALL SELECT pid, at_us, 1, 0, pos, own_count, owner FROM mark),
counted AS (
  SELECT *, sum(delta) OVER (PARTITION BY pid ORDER BY at_us, step RANGE UNBOUNDED PRECEDING) AS open_count
  FROM point)
SELECT pid, pos, owner, open_count - own_count > 0 AS is_left_out FROM counted WHERE pos IS NOT NULL
