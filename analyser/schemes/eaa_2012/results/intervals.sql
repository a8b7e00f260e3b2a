-- intervals: one row per longest run of one visit and state.
SELECT p.participant_id, n.session_id, k.activity_id, k.module_id, iso(s.start_us) AS start_at,
  iso(s.end_us) AS end_at, s.state, concat_ws(';', a.source, z.source) AS evidence
FROM stay_piece s
JOIN participant_key p USING (pid)
JOIN owner_key k USING (oid)
JOIN session_name n USING (sess)
JOIN visit v USING (sess)
LEFT JOIN source_line a ON a.rid = v.rid AND a.table_name = 'scans'
LEFT JOIN source_line z ON z.rid = v.next_rid AND z.table_name = 'scans'
