-- asked_objective: one row per participant, registered module and learning objective of a question they were asked.
-- kept as a part
SELECT DISTINCT i.pid, i.oid, q.objective FROM attempt_item i JOIN tagged_question q ON q.oid = i.oid AND q.item_id = i.item_id
