-- filler: one row per piece of session time that is in no stretch (a session that opens with a
-- heartbeat, say); it is portal time of the session that started first.
WITH presence AS (
  SELECT pid, start_us, 1 AS delta FROM session UNION ALL SELECT pid, end_us, -1 FROM session),
island AS (
  SELECT pid, at_us, sum(delta) OVER (PARTITION BY pid ORDER BY at_us) AS open_count,
    lead(at_us) OVER (PARTITION BY pid ORDER BY at_us) AS until_us
  FROM (SELECT pid, start_us AS at_us, sum(delta)::INTEGER AS delta FROM presence GROUP BY ALL)),
unbalanced AS (
  SELECT pid FROM (
    SELECT pid, until_us - at_us AS us FROM island WHERE open_count > 0
    UNION ALL SELECT pid, start_us - end_us FROM learned_run)
  GROUP BY pid HAVING sum(us) <> 0),
point AS (
  SELECT pid, start_us AS at_us, delta AS open_delta, 0 AS run_delta
  FROM presence SEMI JOIN unbalanced USING (pid)
  UNION ALL SELECT pid, start_us, 0, 1 FROM learned_run SEMI JOIN unbalanced USING (pid)
  UNION ALL SELECT pid, end_us, 0, -1 FROM learned_run SEMI JOIN unbalanced USING (pid)),
swept AS (
  SELECT pid, at_us, lead(at_us) OVER w AS until_us, sum(open_delta) OVER w AS open_count,
    sum(run_delta) OVER w AS run_count
  FROM (
    SELECT pid, at_us, sum(open_delta)::INTEGER AS open_delta, sum(run_delta)::INTEGER AS run_delta
    FROM point GROUP BY ALL)
  WINDOW w AS (PARTITION BY pid ORDER BY at_us))
SELECT w.pid, arg_min(s.sess, (s.start_us, s.session_id)) AS sess, 0 AS oid,
  w.at_us AS start_us, w.until_us AS end_us
FROM swept w JOIN session s
  ON s.pid = w.pid AND s.start_us <= w.at_us AND s.end_us > w.at_us
WHERE w.open_count > 0 AND w.run_count = 0 AND w.until_us > w.at_us
GROUP BY ALL
