-- one row per registered module in whose papers questions were asked: are all of them in its bank?
-- across participants
WITH bank AS (SELECT oid, count(DISTINCT item_id) AS n FROM question_bank GROUP BY oid),
asked AS (SELECT oid, item_id, min(rid) AS rid FROM unbanked_item GROUP BY ALL)
SELECT CASE WHEN b.oid IS NULL THEN 'not_assessable' WHEN count(a.item_id) = 0 THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, a.oid, count(a.item_id) AS value, b.n AS limit_value,
  coalesce(list(a.rid ORDER BY a.rid) FILTER (a.item_id IS NOT NULL), []) AS rids, 'the bank of the module was not handed over' AS why
FROM asked a LEFT JOIN bank b USING (oid) WHERE EXISTS (FROM questions) GROUP BY a.oid, b.oid, b.n
