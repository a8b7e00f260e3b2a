-- one row per column that takes one of a few words, and has any: are all its words among them?
-- across participants
WITH said AS (
  SELECT 'activities.category' AS place, category AS word, rid FROM activities WHERE category IS NOT NULL
  UNION ALL SELECT 'activities.delivery', delivery, rid FROM activities WHERE delivery IS NOT NULL
  UNION ALL SELECT 'activities.mode', mode, rid FROM activities WHERE mode IS NOT NULL
  UNION ALL SELECT 'activities.audience', trim(unnest(string_split(audience, ';'))), rid FROM activities WHERE audience IS NOT NULL
  UNION ALL SELECT 'participants.licence_type', licence_type, rid FROM participants WHERE licence_type IS NOT NULL),
counted AS (
  SELECT s.place, count(DISTINCT s.rid) AS row_count,
    coalesce(list(DISTINCT s.rid ORDER BY s.rid) FILTER (k.word IS NULL), []) AS rids
  FROM said s LEFT JOIN known_word k USING (place, word) GROUP BY s.place
  UNION ALL
  SELECT place, sum(n)::BIGINT, list_sort(flatten(list(odd_rids))) FROM check_word GROUP BY place)
SELECT CASE WHEN len(rids) > 0 THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level, place AS what,
  len(rids) AS value, row_count AS limit_value, split_part(place, '.', 1) AS rid_table, rids
FROM counted
