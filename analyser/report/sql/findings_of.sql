-- one row per finding of a participant
SELECT * FROM findings
WHERE participant_id = ?
ORDER BY activity_id NULLS FIRST, module_id NULLS FIRST, "at" NULLS FIRST, finding_id
