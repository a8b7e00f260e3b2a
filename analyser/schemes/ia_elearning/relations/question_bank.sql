-- question_bank: one row per registered module and question of its bank (or of its activity's); wordings that differ in
-- letter case and spaces alone are one question.
SELECT k.oid, q.item_id, min(q.rid) AS rid,
  min(coalesce(lower(trim(regexp_replace(q.text, '\s+', ' ', 'g'))), 'no text: ' || q.item_id)) AS wording
FROM questions q JOIN owner_key k ON k.activity_id = q.activity_id AND k.is_registered
  AND (q.module_id IS NULL OR q.module_id = k.module_id)
GROUP BY k.oid, q.item_id
