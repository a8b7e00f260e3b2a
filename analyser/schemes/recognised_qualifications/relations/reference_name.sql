-- reference_name: one row per spelling of a name in the lists, folded for comparison.
WITH spelled AS (
  SELECT 'agency' AS list, agency_id AS id, NULL AS industry_id, name_en AS shown,
    [name_en, name_zh] || coalesce(string_split(other_names, ';'), []) AS names FROM agency
  UNION ALL
  SELECT 'industry', industry_id, NULL, name_en,
    [name_en, name_zh] || coalesce(string_split(other_names, ';'), []) FROM industry
  UNION ALL
  SELECT 'class', class, NULL, class, [class, class_en, class_zh] FROM qualification WHERE class IS NOT NULL
  UNION ALL
  SELECT 'qualification', name_zh, industry_id, name_en, [name_en, name_zh] FROM qualification),
single AS (SELECT list, id, industry_id, shown, unnest(names) AS name FROM spelled)
SELECT DISTINCT list, id, industry_id, shown, name_fold(name) AS folded FROM single
