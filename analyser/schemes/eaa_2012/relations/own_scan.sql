-- own_scan: one row per scan up to the audit date (a view).
-- kept as a view
SELECT p.pid, k.oid, s.at_us, lower(s.direction) AS direction, s.rid
FROM scans s JOIN participant_key p USING (participant_id) JOIN owner_key k USING (activity_id)
WHERE s.at_us < getvariable('as_of_end_us')
