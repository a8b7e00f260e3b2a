-- one row per certificate: was it issued on or after the day the activity was completed?
SELECT CASE WHEN issued_on IS NULL OR coalesce(completed_on, credited_on) IS NULL THEN 'not_assessable'
    WHEN issued_on < coalesce(completed_on, credited_on) OR issued_on < coalesce(credited_on, completed_on) THEN 'failed' ELSE 'passed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, 'certificates' AS rid_table, [rid] AS rids,
  'the certificate shows no dates' AS why
FROM certificate_credit
