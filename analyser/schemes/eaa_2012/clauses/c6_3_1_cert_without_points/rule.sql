-- one row per certificate: has its holder points for the activity?
SELECT CASE WHEN coalesce(status = 'awarded', false) THEN 'passed' ELSE 'failed' END AS verdict, 'certificate' AS level,
  participant_id, activity_id, points AS value, 'certificates' AS rid_table, [rid] AS rids
FROM certificate_points
