-- mark: one row per scan worth a mark in a timeline picture.
SELECT p.participant_id, k.activity_id, k.module_id, iso(s.at_us) AS at,
  CASE s.direction WHEN 'in' THEN 'login' ELSE 'logout' END AS kind, NULL::VARCHAR AS outcome
FROM own_scan s JOIN participant_key p USING (pid) JOIN owner_key k USING (oid)
WHERE s.direction IN ('in', 'out')
ORDER BY ALL
