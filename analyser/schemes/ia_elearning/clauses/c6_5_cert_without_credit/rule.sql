-- one row per certificate: does the log support any credit for it?
SELECT CASE WHEN completed_on IS NULL OR completed_on > getvariable('as_of') OR activity_id IS NULL THEN 'not_assessable'
    WHEN awarded_minutes = 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, hours AS value, held_count AS limit_value,
  'certificates' AS rid_table, [rid] AS rids,
  -- The events of such a day are left out, so their absence says nothing.
  CASE WHEN completed_on IS NULL THEN 'the certificate shows no completion date'
    WHEN activity_id IS NULL THEN 'the certificate names no activity'
    ELSE 'the certificate is dated after the audit date' END AS why
-- Without a register no hours can be awarded to anybody, which is nobody's false certificate.
FROM certificate_credit WHERE EXISTS (FROM activities)
