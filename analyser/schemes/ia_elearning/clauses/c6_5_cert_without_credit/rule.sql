-- one row per certificate: does the log support any credit for it?
SELECT CASE WHEN completed_on IS NULL THEN 'not_assessable' WHEN awarded_minutes = 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, hours AS value, held_count AS limit_value,
  'certificates' AS rid_table, [rid] AS rids, 'the certificate shows no completion date' AS why
FROM certificate_credit
