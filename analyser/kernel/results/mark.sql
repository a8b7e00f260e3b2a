-- mark: one row per moment worth a mark in a timeline picture.
SELECT p.participant_id, k.activity_id, k.module_id, iso(at_of(m.pos)) AS at,
  CASE WHEN m.kind = 'assessment_submit' THEN 'submit' WHEN m.kind = 'verify' AND c.purpose = 'challenge' THEN 'challenge'
    ELSE m.kind::VARCHAR END AS kind, c.outcome
FROM seated m
JOIN participant_key p USING (pid)
LEFT JOIN owner_key k ON k.oid = m.oid
LEFT JOIN check_event c USING (rid)
WHERE m.kind IN ('login', 'logout', 'timeout', 'verify', 'assessment_submit')
UNION ALL
SELECT p.participant_id, a.activity_id, a.module_id, iso(a.at_us), 'other_actor', NULL
FROM other_act a JOIN participant_key p USING (pid)
