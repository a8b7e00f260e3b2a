-- one row per registered module whose assessment somebody took: was every objective of its bank asked about?
-- across participants
WITH taken AS (SELECT DISTINCT m.oid FROM assessed_module m JOIN owner_key k ON k.oid = m.oid AND k.is_registered),
tagged AS (
  SELECT t.oid, t.objective, min(t.name) AS name, list(t.rid ORDER BY t.rid) AS rids, bool_or(a.oid IS NOT NULL) AS is_asked
  FROM tagged_question t LEFT JOIN (SELECT DISTINCT oid, objective FROM asked_objective) a USING (oid, objective) GROUP BY ALL),
bank AS (
  SELECT oid, count(*) AS n, count(*) FILTER (NOT is_asked) AS missed, list(name ORDER BY objective) FILTER (NOT is_asked) AS names,
    flatten(list(rids ORDER BY objective) FILTER (NOT is_asked)) AS rids FROM tagged GROUP BY oid),
shown AS (SELECT oid, count(item_id) AS unbanked FROM unbanked_item GROUP BY oid)
SELECT CASE WHEN b.oid IS NULL OR s.oid IS NULL THEN 'not_assessable' WHEN b.missed = 0 THEN 'passed'
    WHEN s.unbanked > 0 THEN 'not_assessable' ELSE 'failed' END AS verdict,
  'register' AS level, t.oid, b.missed AS value, b.n AS limit_value,
  map {'names': array_to_string(b.names[1:getvariable('evidence_count')], '; ')} AS texts, 'questions' AS rid_table, coalesce(b.rids, []) AS rids,
  CASE WHEN b.oid IS NULL THEN 'no question of the bank names an objective'
    WHEN s.oid IS NULL THEN 'the papers carry no item records'
    ELSE 'questions were asked that the bank does not hold' END AS why
FROM taken t LEFT JOIN bank b USING (oid) LEFT JOIN shown s USING (oid) WHERE EXISTS (FROM questions)
