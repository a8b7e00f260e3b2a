-- tagged_question: one row per registered module, question of its bank (or of its activity's) and learning objective it is
-- tagged with; objectives that differ in letter case and spaces alone are one.
SELECT k.oid, q.item_id, lower(trim(regexp_replace(q.objective, '\s+', ' ', 'g'))) AS objective, min(trim(q.objective)) AS name, min(q.rid) AS rid
FROM questions q JOIN owner_key k ON k.activity_id = q.activity_id AND k.is_registered
  AND (q.module_id IS NULL OR q.module_id = k.module_id)
WHERE trim(q.objective) <> '' GROUP BY ALL
