-- one row per activity or module and first day of an approval: do all rows of the register say the same of it? And one
-- row for the participants' register: does it give anybody two types of licence?
-- across participants
WITH approval AS (
  SELECT activity_id, module_id, count(*) AS row_count, list(rid ORDER BY rid) AS rids,
    -- An empty minimum is the approved minutes, and only the other word of delivery changes anything.
    count(DISTINCT (approved_to, approved_minutes, coalesce(stated_minutes, approved_minutes), pass_mark, category,
      coalesce(delivery, 'unsupervised'))) AS said_count
  FROM activities GROUP BY activity_id, module_id, approved_from),
person AS (
  SELECT count(*) AS row_count, list(rid ORDER BY rid) AS rids, count(DISTINCT licence_type) AS said_count
  FROM participants WHERE licence_type IS NOT NULL GROUP BY participant_id)
SELECT CASE WHEN said_count > 1 THEN 'failed' ELSE 'passed' END AS verdict, 'register' AS level, 'activities' AS what,
  activity_id, module_id, row_count AS value, 'activities' AS rid_table, rids
FROM approval
UNION ALL BY NAME
SELECT CASE WHEN max(said_count) > 1 THEN 'failed' ELSE 'passed' END AS verdict, 'register' AS level, 'participants' AS what,
  coalesce(sum(row_count) FILTER (said_count > 1), count(*))::BIGINT AS value, 'participants' AS rid_table,
  coalesce(list_sort(flatten(list(rids) FILTER (said_count > 1))), []) AS rids
FROM person HAVING count(*) > 0
