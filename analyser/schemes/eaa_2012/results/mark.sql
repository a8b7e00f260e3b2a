-- mark: one row per scan worth a mark in a timeline picture.
SELECT p.participant_id, s.at_us, CASE s.direction WHEN 'in' THEN 'login' ELSE 'logout' END AS kind,
  NULL::VARCHAR AS outcome
FROM own_scan s JOIN participant_key p USING (pid)
WHERE s.direction IN ('in', 'out')
ORDER BY ALL
