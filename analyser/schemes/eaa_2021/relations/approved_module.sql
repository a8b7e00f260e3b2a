-- approved_module: one row per activity and module (or activity alone) that has an approval in points.
SELECT DISTINCT activity_id, module_id FROM activities WHERE points IS NOT NULL
