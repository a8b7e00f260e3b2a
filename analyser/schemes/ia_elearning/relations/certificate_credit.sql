-- certificate_credit: one row per certificate: what the log supports for its holder.
WITH earned AS (
  SELECT rid, coalesce(sum(credited_minutes) FILTER (status = 'awarded'), 0) AS awarded_minutes,
    count(*) FILTER (status = 'held') AS held_count, max(credited_on) FILTER (status = 'awarded') AS credited_on
  FROM certificate_line GROUP BY rid)
SELECT c.*, coalesce(e.awarded_minutes, 0) AS awarded_minutes, coalesce(e.held_count, 0) AS held_count,
  e.credited_on
FROM own_certificate c LEFT JOIN earned e USING (rid)
