-- one row per credit row of a participant
SELECT * FROM credits
WHERE participant_id = ?
ORDER BY activity_id NULLS FIRST, module_id NULLS FIRST, started_at NULLS FIRST
