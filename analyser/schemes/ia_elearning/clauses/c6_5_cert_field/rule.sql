-- one row per certificate and particular that it must show: is it there?
WITH module AS (
  SELECT c.rid, count(DISTINCT a.module_id) AS module_count, count(DISTINCT e.module_id) AS earned_count
  FROM own_certificate c JOIN activities a ON a.activity_id = c.activity_id AND a.module_id IS NOT NULL
    AND coalesce(a.approved_from <= c.completed_on, true) AND coalesce(a.approved_to >= c.completed_on, true)
  JOIN certificate_row e ON e.rid = c.rid GROUP BY c.rid),
shown AS (
  UNPIVOT (
    SELECT rid, participant_id, activity_id, coalesce(provider, '') AS provider, coalesce(title, '') AS title,
      coalesce(approval_no, '') AS approval_no, coalesce(completed_on::VARCHAR, '') AS completed_on, coalesce(mode, '') AS mode,
      coalesce(type, '') AS type, coalesce(name, name_zh, '') AS name, coalesce(hours::VARCHAR, '') AS hours,
      coalesce(category, '') AS category, coalesce(signatory, '') AS signatory, coalesce(signatory_post, '') AS signatory_post,
      coalesce(issued_on::VARCHAR, '') AS issued_on
    FROM own_certificate)
  ON provider, title, approval_no, completed_on, mode, type, name, hours, category, signatory, signatory_post, issued_on
  INTO NAME what VALUE printed
  UNION ALL BY NAME
  -- Only who did not complete all modules needs them named.
  SELECT rid, participant_id, activity_id, 'module_ids' AS what, coalesce(module_ids, '') AS printed
  FROM own_certificate JOIN module USING (rid) WHERE earned_count < module_count)
SELECT CASE WHEN trim(s.printed) <> '' THEN 'passed' WHEN g.column_name IS NULL THEN 'not_assessable' ELSE 'failed' END AS verdict,
  'certificate' AS level, s.participant_id, s.activity_id, s.what, 'certificates' AS rid_table, [s.rid] AS rids,
  'the table certificates leaves the column out' AS why
FROM shown s LEFT JOIN (FROM given_column WHERE table_name = 'certificates') g ON g.column_name = s.what
