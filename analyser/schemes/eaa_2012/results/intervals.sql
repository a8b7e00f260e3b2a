-- intervals: one row per longest run of one visit and state.
WITH run AS (FROM source_run WHERE table_name = 'scans')
SELECT p.participant_id, n.session_id, k.activity_id, k.module_id, iso(s.start_us) AS start_at,
  iso(s.end_us) AS end_at, s.state, concat_ws(';', a.file || ':' || (v.rid + a.shift), z.file || ':' || (v.next_rid + z.shift)) AS evidence
FROM stay_piece s
JOIN participant_key p USING (pid)
JOIN owner_key k USING (oid)
JOIN session_name n USING (sess)
JOIN visit v USING (sess)
ASOF LEFT JOIN run a ON v.rid >= a.from_rid
ASOF LEFT JOIN run z ON v.next_rid >= z.from_rid
