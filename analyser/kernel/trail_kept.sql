-- trail_kept: one row per certificate still within the time its trail is kept: is the trail there?
-- kept as a view
WITH kept AS (
  SELECT *, completed_on + to_years(getvariable('retention_years')::INTEGER) >= getvariable('as_of') AS is_kept
  FROM own_certificate),
learned AS (
  SELECT DISTINCT p.participant_id, k.activity_id
  FROM seen_module JOIN participant_key p USING (pid) JOIN owner_key k USING (oid))
SELECT CASE WHEN c.completed_on IS NULL OR c.completed_on > getvariable('as_of') OR c.activity_id IS NULL THEN 'not_assessable'
    WHEN l.participant_id IS NULL THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, c.participant_id, c.activity_id, 'certificates' AS rid_table, [c.rid] AS rids,
  CASE WHEN c.completed_on IS NULL THEN 'the certificate shows no completion date'
    WHEN c.activity_id IS NULL THEN 'the certificate names no activity'
    ELSE 'the certificate is dated after the audit date' END AS why
FROM kept c
LEFT JOIN learned l ON l.participant_id = c.participant_id AND l.activity_id = c.activity_id
WHERE c.is_kept IS DISTINCT FROM false
