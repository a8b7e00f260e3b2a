-- approved_module: one row per activity and module (or activity alone) that has an approval in minutes.
-- kept as a view
SELECT DISTINCT activity_id, module_id FROM activities WHERE approved_minutes IS NOT NULL
