-- certificate_points: one row per certificate: the points the scans support for its holder.
SELECT c.*, o.points_left AS earned_points, o.status, o.first_rid
FROM certificates c
LEFT JOIN participant_key p USING (participant_id)
LEFT JOIN owner_key k ON k.activity_id = c.activity_id
LEFT JOIN credit_outcome o ON o.pid = p.pid AND o.oid = k.oid AND o.figure = 'likely'
