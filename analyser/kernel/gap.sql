-- gap: one row per stretch whose silent part is longer than the least threshold. The silent part
-- begins when the last clip of the stretch's own module stopped; idle begins, by each reading of
-- time, where `idle_*_us` says (null: not idle).
WITH reach AS (
  SELECT pid, oid, pos, max(end_us) OVER (PARTITION BY pid, oid ORDER BY pos) AS reach_us
  FROM clip WHERE oid > 0),
silent AS (
  SELECT a.pid, a.sess, a.oid, a.pos, a.rid, a.next_rid, at_of(a.pos) AS start_us,
    at_of(a.next_pos) AS end_us,
    greatest(at_of(a.pos), least(at_of(a.next_pos), coalesce(r.reach_us, at_of(a.pos)))) AS silent_us
  FROM (FROM attention WHERE is_long) a
  ASOF LEFT JOIN reach r ON r.pid = a.pid AND r.oid = a.oid AND a.pos >= r.pos)
SELECT *,
  idle_from(silent_us, end_us, getvariable('figures_lower_threshold_us'), getvariable('figures_lower_count') = 'whole') AS idle_lower_us,
  idle_from(silent_us, end_us, getvariable('idle_threshold_us'), getvariable('idle_count') = 'whole') AS idle_likely_us,
  idle_from(silent_us, end_us, getvariable('figures_upper_threshold_us'), getvariable('figures_upper_count') = 'whole') AS idle_upper_us
FROM silent WHERE end_us - silent_us > getvariable('least_threshold_us')
