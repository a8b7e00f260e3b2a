-- timetable_segment: one row per stretch of a timetable that can be used, with its day and the part of
-- the day in which it begins (1 morning, 2 afternoon, 3 evening).
SELECT k.oid, t.kind, t.starts_us AS start_us, t.ends_us AS end_us, hk_date(t.starts_us) AS day, min(t.rid) AS rid,
  1 + (clock_us >= getvariable('wx_afternoon_us'))::INTEGER + (clock_us >= getvariable('wx_evening_us'))::INTEGER AS part
FROM (SELECT *, epoch_us(hk_time(starts_us)) - epoch_us(hk_date(starts_us)::TIMESTAMP) AS clock_us FROM sessions_timetable) t
JOIN owner_key k USING (activity_id)
WHERE t.kind IN ('contact', 'break', 'assessment') AND t.ends_us > t.starts_us
GROUP BY ALL
