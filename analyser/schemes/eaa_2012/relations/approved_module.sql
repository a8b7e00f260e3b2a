-- approved_module: one row per activity and module registered as a lecture or multi-session activity.
SELECT DISTINCT activity_id, module_id FROM activities WHERE mode IN ('lecture', 'multi_session')
