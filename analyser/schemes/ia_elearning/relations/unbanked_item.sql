-- unbanked_item: one row per participant and question they were asked that the module's bank lacks, and one without a
-- question per module they were asked any in.
-- kept as a part
WITH asked AS (
  SELECT i.pid, i.oid, i.item_id, i.first_rid FROM attempt_item i JOIN owner_key k ON k.oid = i.oid AND k.is_registered)
SELECT pid, oid, item_id, min(first_rid) AS rid FROM asked a
WHERE NOT EXISTS (FROM question_bank b WHERE b.oid = a.oid AND b.item_id = a.item_id) GROUP BY ALL
UNION ALL
SELECT DISTINCT pid, oid, NULL, NULL FROM asked
