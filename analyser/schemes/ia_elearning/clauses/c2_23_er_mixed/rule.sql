-- one row per activity of which something is approved as ethics or regulations: is all of it?
-- across participants
WITH named AS (
  SELECT a.* REPLACE (k.word AS category), k.word = 'ethics_or_regulations' AS is_er FROM activities a
  LEFT JOIN known_word k ON k.place = 'activities.category' AND k.word = a.category
  WHERE a.activity_id IN (SELECT activity_id FROM activities WHERE category = 'ethics_or_regulations')),
-- Rows of different years may differ; only those in force together are held against each other.
beside AS (
  SELECT e.activity_id, o.module_id, o.category, o.rid
  FROM named e JOIN named o ON o.activity_id = e.activity_id AND o.module_id IS DISTINCT FROM e.module_id AND NOT coalesce(o.is_er, false)
    AND coalesce(o.approved_from <= e.approved_to, true) AND coalesce(e.approved_from <= o.approved_to, true)
  WHERE e.is_er),
counted AS (
  SELECT activity_id, count(DISTINCT module_id) FILTER (category IS NOT NULL) AS other_count, bool_or(category IS NULL) AS has_unknown,
    list(DISTINCT rid ORDER BY rid) FILTER (category IS NOT NULL) AS rids FROM beside GROUP BY activity_id)
SELECT CASE WHEN c.other_count > 0 THEN 'failed' WHEN c.has_unknown THEN 'not_assessable' ELSE 'passed' END AS verdict,
  'register' AS level, n.activity_id, c.other_count AS value, count(DISTINCT n.module_id) AS limit_value,
  'activities' AS rid_table, c.rids, 'the register names no known category for some modules' AS why
FROM named n LEFT JOIN counted c USING (activity_id) GROUP BY n.activity_id, c.other_count, c.has_unknown, c.rids
