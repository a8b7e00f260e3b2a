-- one row per credit row with a timetable: did the weather cancel some of it?
WITH lost AS (FROM weather_loss WHERE effect = 'cancelled')
SELECT CASE WHEN l.oid IS NOT NULL THEN 'failed' WHEN (SELECT count(*) FROM weather) = 0 THEN 'not_assessable'
    ELSE 'passed' END AS verdict,
  'row' AS level, c.pid, c.oid, c.row_no, l.at_us, l.until_us, l.lost_us // 1000000 AS value,
  'weather' AS rid_table, l.rids, 'there is no table of weather warnings' AS why
FROM credit_fact c LEFT JOIN lost l USING (oid) WHERE c.is_registered AND c.has_timetable
