-- mark: one row per moment worth a mark in a timeline picture.
SELECT p.participant_id, m.at_us, m.kind, m.outcome
FROM (
  SELECT pid, at_of(pos) AS at_us, CASE kind WHEN 'assessment_submit' THEN 'submit' ELSE kind::VARCHAR END AS kind,
    NULL::VARCHAR AS outcome
  FROM moment WHERE kind IN ('login', 'logout', 'timeout', 'assessment_submit')
  UNION ALL
  SELECT pid, at_of(pos), CASE WHEN purpose = 'challenge' THEN 'challenge' ELSE 'verify' END, outcome FROM check_event
  UNION ALL
  SELECT pid, at_us, 'other_actor', NULL FROM other_act) m
JOIN participant_key p USING (pid)
