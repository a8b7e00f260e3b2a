-- one row per completed registered activity: was its attendance record sent in time?
WITH sent AS (
  SELECT activity_id, min(submitted_on) AS sent_on, arg_min(rid, (submitted_on, rid)) AS rid
  FROM submissions WHERE kind = 'attendance_record' AND submitted_on <= getvariable('as_of') GROUP BY ALL),
judged AS (
  SELECT d.*, s.sent_on, s.rid, f.rids, (SELECT count(*) FROM submissions) > 0 AS is_logged
  FROM due_date d JOIN activity_fact f USING (oid) JOIN owner_key k USING (oid) LEFT JOIN sent s USING (activity_id)
  JOIN activity_time t ON t.oid = d.oid AND t.contact_us > 0)
SELECT CASE WHEN due_on IS NULL OR NOT is_logged THEN 'not_assessable' WHEN sent_on <= due_on THEN 'passed'
    WHEN sent_on IS NULL AND getvariable('as_of') <= due_on THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, oid, epoch_us(sent_on::TIMESTAMP) - getvariable('hong_kong_us') AS at_us,
  epoch_us(due_on::TIMESTAMP) - getvariable('hong_kong_us') AS until_us,
  CASE WHEN rid IS NULL THEN 'activities' ELSE 'submissions' END AS rid_table,
  CASE WHEN rid IS NULL THEN rids ELSE [rid] END AS rids,
  CASE WHEN is_logged THEN 'no general holidays are listed for that year' ELSE 'there is no log of submissions' END AS why
FROM judged
