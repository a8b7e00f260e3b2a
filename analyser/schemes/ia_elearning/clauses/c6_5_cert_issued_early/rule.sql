-- one row per certificate: was it issued on or after the day on which what it stands for was completed?
WITH dated AS (
  SELECT *,
    -- Without the modules' names it stands for all that was earned only if it prints all their hours.
    CASE WHEN module_ids IS NULL AND NOT coalesce(hours * 60 >= awarded_minutes, false) THEN first_credited_on
      ELSE credited_on END AS earned_on
  FROM certificate_credit)
SELECT CASE WHEN issued_on IS NULL OR coalesce(completed_on, earned_on) IS NULL THEN 'not_assessable'
    WHEN issued_on < greatest(completed_on, earned_on) THEN 'failed' ELSE 'passed' END AS verdict,
  'certificate' AS level, participant_id, activity_id, 'certificates' AS rid_table, [rid] AS rids,
  'the certificate shows no dates' AS why
FROM dated
