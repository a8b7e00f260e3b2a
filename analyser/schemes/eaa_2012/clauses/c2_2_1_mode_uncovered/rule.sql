-- one row per registered activity with contact time: is its mode the one of its length?
WITH measured AS (
  SELECT *, coalesce(contact_minutes, contact_us // 60000000) AS minutes,
    CASE mode WHEN 'lecture' THEN getvariable('multi_over_minutes') ELSE getvariable('multi_least_minutes') END AS limit_minutes
  FROM activity_fact)
SELECT CASE WHEN minutes IS NULL THEN 'not_assessable' WHEN mode = 'lecture' AND minutes <= limit_minutes THEN 'passed'
    WHEN mode = 'multi_session' AND minutes >= limit_minutes THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, oid, minutes AS value, limit_minutes AS limit_value, 'activities' AS rid_table, rids,
  'neither register nor timetable shows contact time' AS why
FROM measured
