-- one row per registered activity with a timetable: was the timetable sent early enough?
WITH sent AS (
  SELECT activity_id, min(submitted_on) AS sent_on, arg_min(rid, (submitted_on, rid)) AS rid
  FROM submissions WHERE kind = 'timetable' GROUP BY ALL),
dated AS (
  SELECT f.oid, f.rids, s.*, hk_date(t.start_us) AS starts_on, (hk_date(t.start_us) - to_days(getvariable('timetable_days')::INTEGER))::DATE AS due_on
  FROM activity_fact f JOIN owner_key k USING (oid) JOIN activity_time t USING (oid)
  LEFT JOIN sent s ON s.activity_id = k.activity_id WHERE t.contact_us > 0)
SELECT CASE WHEN sent_on IS NULL THEN 'not_assessable' WHEN sent_on <= due_on THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, oid, epoch_us(sent_on::TIMESTAMP) - getvariable('hong_kong_us') AS at_us,
  epoch_us(due_on::TIMESTAMP) - getvariable('hong_kong_us') AS until_us, starts_on - sent_on AS value,
  map {'first_day': starts_on::VARCHAR} AS texts,
  'submissions' AS rid_table, [rid] AS rids, 'no timetable is in the log of submissions' AS why
FROM dated
