-- one row per certificate with some credit behind it: are its hours those the log supports?
-- across participants
SELECT CASE WHEN hours IS NULL THEN 'not_assessable' WHEN hours * 60 = awarded_minutes THEN 'passed' ELSE 'failed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, hours AS value, awarded_minutes::DECIMAL(18,3) / 60 AS limit_value,
  'certificates' AS rid_table, [rid] AS rids, 'the certificate shows no hours' AS why
FROM certificate_credit WHERE awarded_minutes > 0
