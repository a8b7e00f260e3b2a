-- one row per register with any row: can all its rows be used?
-- across participants
SELECT CASE WHEN lost_count > 0 THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level, place AS what,
  lost_count AS value, row_count AS limit_value, place AS rid_table, rids
FROM register_loss
WHERE place IN ('activities', 'participants', 'certificates', 'sessions_timetable', 'weather', 'submissions', 'identities')
