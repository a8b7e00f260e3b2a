-- one row per certificate: are all its particulars there? What the register leaves out altogether cannot be told.
WITH shown AS (
  UNPIVOT (
    SELECT rid, coalesce(name, '') AS name, coalesce(licence_no, '') AS licence_no, coalesce(provider, '') AS provider,
      coalesce(phone, '') AS phone, coalesce(title, '') AS title, coalesce(approval_no, '') AS approval_no,
      coalesce(held_at, '') AS held_at, coalesce(category, '') AS category, coalesce(signatory, '') AS signatory,
      coalesce(approved_points::VARCHAR, '') AS approved_points, coalesce(points::VARCHAR, '') AS points FROM certificates)
  ON * EXCLUDE (rid) INTO NAME what VALUE printed),
counted AS (
  SELECT s.rid, count(*) FILTER (trim(printed) = '' AND g.column_name IS NOT NULL) AS missing,
    count(*) FILTER (g.column_name IS NULL) AS unknown
  FROM shown s LEFT JOIN (FROM given_column WHERE table_name = 'certificates') g ON g.column_name = s.what GROUP BY s.rid)
SELECT CASE WHEN missing > 0 THEN 'failed' WHEN unknown > 0 THEN 'not_assessable' ELSE 'passed' END AS verdict,
  'certificate' AS level, c.participant_id, c.activity_id, missing AS value, 'certificates' AS rid_table, [rid] AS rids,
  'the table certificates leaves the column out' AS why
FROM counted JOIN certificates c USING (rid)
