-- certificate_points: one row per certificate: the points the scans support for its holder, and what is known of the activity.
SELECT c.*, o.points_left AS earned_points, o.status, o.first_rid,
  c.activity_id IN (SELECT activity_id FROM sessions_timetable) AS has_timetable, t.is_complete
FROM certificates c
LEFT JOIN participant_key p USING (participant_id)
LEFT JOIN owner_key k ON k.activity_id = c.activity_id
LEFT JOIN activity_time t ON t.oid = k.oid
LEFT JOIN credit_outcome o ON o.pid = p.pid AND o.oid = k.oid AND o.figure = 'likely'
