-- contact_day: one row per activity and day with contact time; `is_tested` days must lie in an approval.
WITH listed AS (SELECT DISTINCT oid, day FROM timetable_segment WHERE kind = 'contact')
SELECT oid, day, CASE getvariable('eaa_straddle') WHEN 'start' THEN day = min(day) OVER w
    WHEN 'end' THEN day = max(day) OVER w ELSE true END AS is_tested
FROM listed WINDOW w AS (PARTITION BY oid)
