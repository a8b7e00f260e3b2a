-- credits: one row per participant and activity with a scan.
WITH reading AS (
  SELECT pid, oid, row_no, count(DISTINCT (status, points_left)) = 1 AS robust FROM credit_outcome GROUP BY ALL),
tested AS (
  SELECT pid, oid, sum(end_us - start_us) FILTER (state = 'assessment') AS test_us, sum(end_us - start_us) AS there_us
  FROM stay_piece GROUP BY ALL)
SELECT p.participant_id, o.activity_id, o.module_id, o.period, o.category, o.status,
  NULL::BIGINT AS credited_minutes, o.contact_minutes AS stated_minutes,
  -- What paired scans prove; the longest stay that an unpaired one can stand for proves nothing.
  CASE WHEN o.is_registered AND o.has_timetable THEN o.lower_us // 60000000 ELSE 0 END AS evidenced_minutes,
  NULL::BIGINT AS completion_minutes, NULL::BIGINT AS floor_minutes, coalesce(o.attended_us, 0) // 1000000 AS active_s,
  -- Without a registered timetable nothing can be measured.
  CASE WHEN o.is_registered AND o.has_timetable THEN o.lower_us // 1000000 ELSE 0 END AS active_lower_s,
  CASE WHEN o.is_registered AND o.has_timetable THEN o.upper_us // 1000000 ELSE 0 END AS active_upper_s,
  coalesce(t.there_us, 0)::BIGINT // 1000000 AS login_s, NULL::BIGINT AS idle_s,
  coalesce(t.test_us, 0)::BIGINT // 1000000 AS assessment_s, NULL::BIGINT AS media_s,
  iso(o.first_us) AS started_at, CASE WHEN o.is_complete THEN iso(o.ends_us) END AS completed_at,
  NULL::VARCHAR AS passed_at, CASE WHEN o.period IS NOT NULL THEN iso(o.ends_us) END AS credited_at,
  NULL::BIGINT AS attempts, NULL::VARCHAR AS passing_attempt_id, r.robust, coalesce(c.codes, '') AS codes,
  coalesce(o.points_left, 0)::BIGINT AS points, o.points AS approved_points, coalesce(o.core_left, 0)::BIGINT AS core_points,
  coalesce(o.non_core_left, 0)::BIGINT AS non_core_points,
  CASE WHEN o.is_registered THEN coalesce(o.absence_us, 0) // 1000000 END AS absence_s,
  CASE WHEN o.is_registered THEN o.contact_us // 1000000 END AS contact_s
FROM credit_outcome o
JOIN participant_key p USING (pid)
JOIN reading r USING (pid, oid, row_no)
LEFT JOIN tested t USING (pid, oid)
LEFT JOIN row_code c USING (pid, oid, row_no)
WHERE o.figure = 'likely'
ORDER BY p.participant_id, o.activity_id
