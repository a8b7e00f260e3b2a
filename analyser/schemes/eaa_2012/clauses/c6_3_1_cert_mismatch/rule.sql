-- one row per certificate with awarded points: are the points printed those?
SELECT CASE WHEN points IS NULL THEN 'not_assessable' WHEN points = earned_points THEN 'passed' ELSE 'failed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, points AS value, earned_points AS limit_value,
  'certificates' AS rid_table, [rid] AS rids, 'the certificate shows no points' AS why
FROM certificate_points WHERE status = 'awarded'
