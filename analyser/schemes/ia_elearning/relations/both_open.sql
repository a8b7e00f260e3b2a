-- both_open: one row per two sessions of one participant at the same time; one without sessions per participant who has too many.
-- A table of its own: of a table the engine knows that few sessions' events are wanted.
WITH shortest AS (SELECT greatest(getvariable('places_overlap_us'), 1) AS us),
-- Of two sessions in the order of their starts, the later one starts while the earlier has so much time left.
long AS (
  SELECT pid, sess, start_us, end_us, end_us - s.us AS last_us, row_number() OVER (PARTITION BY pid ORDER BY start_pos) AS n
  FROM session, shortest s WHERE end_us - start_us >= s.us),
started AS (SELECT pid, start_us, max(n) AS n FROM long GROUP BY ALL),
beside AS (SELECT a.*, b.n AS last_n FROM long a ASOF JOIN started b ON a.pid = b.pid AND a.last_us >= b.start_us WHERE b.n > a.n),
-- Thousands of sessions at once have millions of pairs: an account of many people, or of a machine.
crowded AS (SELECT pid, sum(last_n - n) AS pairs FROM beside GROUP BY pid HAVING pairs > getvariable('places_most_pairs')),
each_two AS (
  SELECT pid, sess, end_us, unnest(generate_series(n + 1, last_n)) AS n FROM beside ANTI JOIN crowded USING (pid))
SELECT a.pid, a.sess, b.sess AS other_sess, b.start_us AS from_us, least(a.end_us, b.end_us) AS to_us
FROM each_two a JOIN long b USING (pid, n)
UNION ALL BY NAME
SELECT pid FROM crowded
