-- intervals: one row per longest run of one session, activity, module and state.
WITH opened AS (
  SELECT s.*, b.file_id AS start_file, b.line AS start_line FROM span s
  ASOF LEFT JOIN boundary b ON b.pid = s.pid AND s.start_us >= b.at_us),
closed AS (
  SELECT o.*, b.file_id AS end_file, b.line AS end_line FROM opened o
  ASOF LEFT JOIN boundary b ON b.pid = o.pid AND o.end_us <= b.at_us)
SELECT p.participant_id, n.session_id, k.activity_id, k.module_id, iso(c.start_us) AS start_at,
  iso(c.end_us) AS end_at, c.state, concat_ws(';', a.file || ':' || c.start_line, z.file || ':' || c.end_line) AS evidence
FROM closed c
JOIN participant_key p USING (pid)
JOIN session n USING (sess)
LEFT JOIN owner_key k ON k.oid = c.oid
LEFT JOIN source_file a ON a.file_id = c.start_file
LEFT JOIN source_file z ON z.file_id = c.end_file
