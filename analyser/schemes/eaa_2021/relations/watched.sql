-- watched: one row per participant, module and moment of `watch_date`: distinct microseconds of video seen by then.
WITH part AS (
  SELECT d.pid, d.oid, d.attempt_id, p.object_id, p.from_us,
    least(p.from_us + least(p.end_us, d.until_us) - p.start_us, p.length_us) AS to_us
  FROM watch_date d JOIN playing p ON p.pid = d.pid AND p.oid = d.oid AND p.start_us < d.until_us),
fresh AS (
  SELECT *, greatest(from_us, coalesce(max(to_us) OVER (PARTITION BY pid, oid, attempt_id, object_id ORDER BY from_us, to_us
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), from_us)) AS new_from_us FROM part),
seen AS (
  SELECT pid, oid, attempt_id, sum(greatest(to_us - new_from_us, 0))::BIGINT AS watched_us FROM fresh GROUP BY ALL),
whole AS (SELECT oid, sum(length_us)::BIGINT AS video_us FROM video GROUP BY ALL)
SELECT d.pid, d.oid, d.attempt_id, coalesce(s.watched_us, 0) AS watched_us, w.video_us,
  coalesce(100 * coalesce(s.watched_us, 0) >= getvariable('video_watched_pct') * w.video_us, false) AS is_enough
FROM watch_date d
LEFT JOIN seen s ON s.pid = d.pid AND s.oid = d.oid AND s.attempt_id IS NOT DISTINCT FROM d.attempt_id
LEFT JOIN whole w ON w.oid = d.oid
