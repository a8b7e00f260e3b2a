-- near_name: one row per name of a claim that is in no list: the likest one that is, if any is like it.
WITH unknown AS (
  SELECT rid, 'agency' AS list, agency AS name, NULL AS industry_id FROM claim WHERE agency_id IS NULL
  UNION ALL
  SELECT rid, 'industry', industry, NULL FROM claim WHERE industry IS NOT NULL AND industry_id IS NULL
  UNION ALL
  SELECT rid, 'qualification', qualification, industry_id FROM claim
  WHERE qualification_id IS NULL AND industry_id IN (SELECT industry_id FROM qualification)),
asked AS (SELECT DISTINCT list, name, industry_id FROM unknown),
likeness AS (
  SELECT a.*, r.shown, jaro_winkler_similarity(name_fold(a.name), r.folded) AS alike
  FROM asked a JOIN reference_name r
    ON r.list = a.list AND (a.industry_id IS NULL OR r.industry_id = a.industry_id)),
likest AS (
  SELECT list, name, industry_id, shown FROM likeness
  WHERE 100 * alike >= getvariable('names_near_percent')
  QUALIFY row_number() OVER (PARTITION BY list, name, industry_id ORDER BY alike DESC, shown) = 1)
SELECT u.rid, u.list, l.shown AS suggestion
FROM unknown u JOIN likest l
  ON l.list = u.list AND l.name = u.name AND l.industry_id IS NOT DISTINCT FROM u.industry_id
