-- certificate_credit: one row per certificate: what the log supports for its holder.
WITH module AS (
  -- One award per module, by whichever reading of the hours.
  SELECT rid, oid, sum(credited_minutes) FILTER (status = 'awarded') AS awarded_minutes,
    sum(credited_minutes) FILTER (status = 'held') AS held_minutes, count(*) FILTER (status = 'held') AS held_count,
    max(completion_minutes) AS completion_minutes, max(credited_on) FILTER (status = 'awarded') AS credited_on,
    bool_or(completed_on = content_on) FILTER (status = 'awarded') AS is_content_day,
    bool_or(completed_on = passed_on) FILTER (status = 'awarded') AS is_pass_day,
    bool_or(completed_on = credited_on AND status <> 'awarded') AS is_unawarded_day
  FROM certificate_line GROUP BY rid, oid),
earned AS (
  SELECT rid, sum(awarded_minutes) AS awarded_minutes, sum(held_minutes) AS held_minutes, sum(held_count) AS held_count,
    sum(completion_minutes) AS completion_minutes, min(credited_on) AS first_credited_on, max(credited_on) AS credited_on,
    bool_or(is_content_day) AS is_content_day, bool_or(is_pass_day) AS is_pass_day, bool_or(is_unawarded_day) AS is_unawarded_day
  FROM module GROUP BY rid)
SELECT c.*, coalesce(e.awarded_minutes, 0) AS awarded_minutes, coalesce(e.held_minutes, 0) AS held_minutes,
  coalesce(e.held_count, 0) AS held_count, coalesce(e.completion_minutes, 0) AS completion_minutes,
  e.* EXCLUDE (rid, awarded_minutes, held_minutes, held_count, completion_minutes)
FROM own_certificate c LEFT JOIN earned e USING (rid)
