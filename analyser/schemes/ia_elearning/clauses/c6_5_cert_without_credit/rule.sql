-- one row per certificate: does the log support any credit for it?
-- across participants
SELECT CASE WHEN completed_on IS NULL OR completed_on > getvariable('as_of') THEN 'not_assessable'
    WHEN awarded_minutes = 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, hours AS value, held_count AS limit_value,
  'certificates' AS rid_table, [rid] AS rids,
  -- The events of such a day are left out, so their absence says nothing.
  CASE WHEN completed_on IS NULL THEN 'the certificate shows no completion date'
    ELSE 'the certificate is dated after the audit date' END AS why
FROM certificate_credit
