-- one row per certificate: does the log support any credit for it?
SELECT CASE WHEN completed_on IS NULL OR completed_on > getvariable('as_of') OR activity_id IS NULL THEN 'not_assessable'
    WHEN awarded_minutes = 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, hours AS value, held_count AS limit_value,
  -- What stands nearest to an award is told: it may be all that parts them.
  CASE WHEN held_count > 0 AND completion_minutes > 0 THEN 'held_completion' WHEN held_count > 0 THEN 'held'
    WHEN completion_minutes > 0 THEN 'completion' WHEN other_on IS NOT NULL THEN 'elsewhere' ELSE 'nothing' END AS what,
  CASE WHEN awarded_minutes = 0 THEN map {'no': certificate_no, 'on': completed_on::VARCHAR, 'period': period_of(completed_on),
    'held': hours_text(held_minutes), 'completion': hours_text(completion_minutes), 'other': hours_text(other_minutes),
    'other_on': other_on::VARCHAR, 'other_period': other_period} END AS texts,
  'certificates' AS rid_table, [rid] AS rids,
  -- The events of such a day are left out, so their absence says nothing.
  CASE WHEN completed_on IS NULL THEN 'the certificate shows no completion date'
    WHEN activity_id IS NULL THEN 'the certificate names no activity'
    ELSE 'the certificate is dated after the audit date' END AS why
-- Without a register no hours can be awarded to anybody, which is nobody's false certificate.
FROM certificate_credit LEFT JOIN certificate_elsewhere USING (rid) WHERE EXISTS (FROM activities)
