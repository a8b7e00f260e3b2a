-- owner_key: one row per activity in scans, timetable or register. Modules are parts of one activity and
-- are not told apart at the door.
WITH named AS (
  SELECT activity_id FROM scans
  UNION SELECT activity_id FROM sessions_timetable
  UNION SELECT activity_id FROM activities)
SELECT activity_id, NULL::VARCHAR AS module_id, row_number() OVER (ORDER BY activity_id)::INTEGER AS oid,
  activity_id IN (SELECT activity_id FROM approved_module) AS is_registered
FROM named
