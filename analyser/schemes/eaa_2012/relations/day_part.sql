-- day_part: one row per activity, day and part of the day in which it has segments, with the hour at
-- which the weather decides.
WITH listed AS (
  SELECT oid, day, part, min(start_us) AS start_us, max(end_us) AS end_us, bool_or(kind = 'contact') AS has_contact
  FROM timetable_segment GROUP BY ALL)
SELECT *, epoch_us(day::TIMESTAMP) - getvariable('hong_kong_us') + CASE part WHEN 1 THEN getvariable('wx_morning_check_us')
    WHEN 2 THEN getvariable('wx_afternoon_check_us') ELSE getvariable('wx_evening_check_us') END AS check_us,
  row_number() OVER (PARTITION BY oid, day ORDER BY part) AS turn
FROM listed
