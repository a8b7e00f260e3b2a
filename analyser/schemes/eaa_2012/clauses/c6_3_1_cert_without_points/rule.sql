-- one row per certificate: has its holder points for the activity?
SELECT CASE WHEN activity_id IS NULL OR NOT has_timetable OR is_complete = false THEN 'not_assessable'
    WHEN coalesce(status = 'awarded', false) THEN 'passed' ELSE 'failed' END AS verdict, 'certificate' AS level,
  participant_id, activity_id, points AS value, 'certificates' AS rid_table, [rid] AS rids,
  CASE WHEN activity_id IS NULL THEN 'the certificate names no activity'
    WHEN NOT has_timetable THEN 'the activity has no timetable' ELSE 'the activity is not completed by the audit date' END AS why
-- Without a register no points can be awarded to anybody, which is nobody's false certificate.
FROM certificate_points WHERE EXISTS (FROM activities)
