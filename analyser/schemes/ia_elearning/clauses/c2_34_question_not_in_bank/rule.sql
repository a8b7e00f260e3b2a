-- one row per registered module in whose papers questions were asked: are all of them in its bank?
WITH asked AS (
  SELECT i.oid, i.item_id, min(i.first_rid) AS rid FROM attempt_item i JOIN owner_key k ON k.oid = i.oid AND k.is_registered GROUP BY ALL),
judged AS (
  SELECT a.*, b.oid IS NOT NULL AS is_banked, a.oid IN (SELECT oid FROM question_bank) AS has_bank
  FROM asked a LEFT JOIN question_bank b USING (oid, item_id))
SELECT CASE WHEN NOT bool_or(has_bank) THEN 'not_assessable' WHEN bool_and(is_banked) THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, oid, count(*) FILTER (NOT is_banked) AS value, count(*) AS limit_value,
  coalesce(list(rid ORDER BY rid) FILTER (NOT is_banked), []) AS rids, 'the bank of the module was not handed over' AS why
FROM judged WHERE EXISTS (FROM questions) GROUP BY oid
