-- one row per certificate: is its number its own?
SELECT CASE WHEN award_count > 1 THEN 'failed' ELSE 'passed' END AS verdict, 'certificate' AS level,
  participant_id, activity_id, same_number_count AS value, 1 AS limit_value, map {'awards': award_count::VARCHAR} AS texts,
  'certificates' AS rid_table, [rid] AS rids
FROM certificate_number
