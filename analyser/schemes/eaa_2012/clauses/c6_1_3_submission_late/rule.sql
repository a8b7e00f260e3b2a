-- one row per completed registered activity: was its attendance record sent in time?
WITH sent AS (
  -- What was sent after the audit date is not known at it; that there is something keeps a verdict back.
  SELECT activity_id, min(submitted_on) FILTER (submitted_on <= getvariable('as_of')) AS sent_on,
    arg_min(rid, (submitted_on, rid)) FILTER (submitted_on <= getvariable('as_of')) AS rid, max(submitted_on) AS last_on
  FROM submissions WHERE kind = 'attendance_record' GROUP BY ALL),
judged AS (
  SELECT d.*, s.sent_on, s.last_on AS last_sent_on, s.rid, f.rids, (SELECT count(*) FROM submissions) > 0 AS is_logged
  FROM due_date d JOIN activity_fact f USING (oid) JOIN owner_key k USING (oid) LEFT JOIN sent s USING (activity_id)
  JOIN activity_time t ON t.oid = d.oid AND t.contact_us > 0)
SELECT CASE WHEN due_on IS NULL OR NOT is_logged THEN 'not_assessable' WHEN sent_on <= due_on THEN 'passed'
    -- The time is not over: neither in time nor late.
    WHEN sent_on IS NULL AND getvariable('as_of') <= due_on THEN 'not_assessable' ELSE 'failed' END AS verdict,
  'register' AS level, oid, CASE WHEN sent_on IS NULL THEN 'unsent' ELSE 'sent' END AS what, epoch_us(sent_on::TIMESTAMP) - getvariable('hong_kong_us') AS at_us,
  epoch_us(due_on::TIMESTAMP) - getvariable('hong_kong_us') AS until_us,
  CASE WHEN rid IS NULL THEN 'activities' ELSE 'submissions' END AS rid_table,
  CASE WHEN rid IS NULL THEN rids ELSE [rid] END AS rids,
  CASE WHEN NOT is_logged THEN 'there is no log of submissions' WHEN due_on IS NULL THEN 'no general holidays are listed for that year'
    WHEN last_sent_on IS NOT NULL THEN 'the attendance record was sent after the audit date, which was before the last day for it'
    ELSE 'the last day for the attendance record was not over on the audit date' END AS why
FROM judged
