-- time_adds_up: one row if the microseconds of all intervals are not those of the segments, or a
-- session's time lies in none.
SELECT a.us FROM (SELECT coalesce(sum(end_us - start_us), 0) AS us FROM segment) a,
  (SELECT coalesce(sum(end_us - start_us), 0) AS us FROM span) b WHERE a.us <> b.us
UNION ALL
SELECT s.sess FROM session s WHERE s.end_us > s.start_us
  AND s.pid NOT IN (SELECT pid FROM segment)
