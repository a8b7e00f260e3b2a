-- one row per claim whose agency is appointed: does the award fall within a term?
WITH dated AS (
  SELECT rid, bool_or(c.award_date BETWEEN t.appointed_from AND t.appointed_to) AS is_within,
    arg_min(CASE WHEN c.award_date < t.appointed_from THEN t.appointed_from ELSE t.appointed_to END,
      least(abs(c.award_date - t.appointed_from), abs(c.award_date - t.appointed_to))) AS nearest
  FROM claim c JOIN term t USING (rid) GROUP BY rid)
SELECT CASE WHEN c.award_date IS NULL THEN 'not_assessable' WHEN d.is_within THEN 'passed' ELSE 'failed' END AS verdict,
  'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids, midnight_us(c.award_date) AS at_us, midnight_us(d.nearest) AS until_us,
  'the claim shows no award date' AS why
FROM claim c JOIN dated d USING (rid)
