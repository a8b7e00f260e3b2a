-- one row per column that takes one of a few words, and has any: are all its words among them?
WITH known(place, word) AS (
  VALUES ('activities.category', 'general'), ('activities.category', 'ethics_or_regulations'),
    ('activities.delivery', 'unsupervised'), ('activities.delivery', 'onsite_assessment'), ('activities.audience', 'public'),
    ('activities.audience', 'internal'), ('activities.audience', 'commissioned'), ('participants.licence_type', 'individual'),
    ('participants.licence_type', 'travel'), ('activities.mode', 'elearning'), ('activities.mode', 'lecture'),
    ('activities.mode', 'multi_session'), ('events.purpose', 'login'), ('events.purpose', 'challenge'),
    ('events.purpose', 'assessment'), ('events.outcome', 'pass'), ('events.outcome', 'fail'), ('events.outcome', 'ignored')),
said AS (
  SELECT 'activities.category' AS place, category AS word, rid FROM activities WHERE category IS NOT NULL
  UNION ALL SELECT 'activities.delivery', delivery, rid FROM activities WHERE delivery IS NOT NULL
  UNION ALL SELECT 'activities.mode', mode, rid FROM activities WHERE mode IS NOT NULL
  UNION ALL SELECT 'activities.audience', trim(unnest(string_split(audience, ';'))), rid FROM activities WHERE audience IS NOT NULL
  UNION ALL SELECT 'participants.licence_type', licence_type, rid FROM participants WHERE licence_type IS NOT NULL
  UNION ALL SELECT 'events.purpose', purpose, rid FROM check_event WHERE purpose IS NOT NULL
  UNION ALL SELECT 'events.outcome', outcome, rid FROM check_event WHERE outcome IS NOT NULL),
counted AS (
  SELECT s.place, count(DISTINCT s.rid) FILTER (k.word IS NULL) AS odd_count, count(DISTINCT s.rid) AS row_count,
    coalesce(list(DISTINCT s.rid ORDER BY s.rid) FILTER (k.word IS NULL), []) AS rids
  FROM said s LEFT JOIN known k USING (place, word) GROUP BY s.place)
SELECT CASE WHEN odd_count > 0 THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level, place AS what,
  odd_count AS value, row_count AS limit_value, split_part(place, '.', 1) AS rid_table, rids
FROM counted
