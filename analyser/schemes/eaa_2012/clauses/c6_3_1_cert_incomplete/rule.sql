-- one row per certificate: are all its particulars there?
WITH counted AS (
  SELECT *, len(list_filter([name, licence_no, provider, phone, title, approval_no, held_at, category, signatory,
    approved_points::VARCHAR, points::VARCHAR], lambda part: part IS NULL)) AS missing
  FROM certificates)
SELECT CASE WHEN missing = 0 THEN 'passed' ELSE 'failed' END AS verdict, 'certificate' AS level, participant_id,
  activity_id, missing AS value, 'certificates' AS rid_table, [rid] AS rids
FROM counted
