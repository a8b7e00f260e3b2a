-- one row per application after an earlier approval: is it still one for re-assessment?
SELECT CASE WHEN is_renewal THEN 'passed' ELSE 'failed' END AS verdict, 'register' AS level, activity_id,
  epoch_us(submitted_on::TIMESTAMP) - getvariable('hong_kong_us') AS at_us, fee AS value,
  'submissions' AS rid_table, [rid] AS rids
FROM application WHERE expiry_on IS NOT NULL
