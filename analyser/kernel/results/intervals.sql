-- intervals: one row per longest run of one session, activity, module and state.
WITH opened AS (
  SELECT s.*, b.rid AS start_rid FROM span s
  ASOF LEFT JOIN boundary b ON b.pid = s.pid AND s.start_us >= b.at_us),
closed AS (
  SELECT o.*, b.rid AS end_rid FROM opened o
  ASOF LEFT JOIN boundary b ON b.pid = o.pid AND o.end_us <= b.at_us)
SELECT p.participant_id, n.session_id, k.activity_id, k.module_id, iso(c.start_us) AS start_at,
  iso(c.end_us) AS end_at, c.state, concat_ws(';', a.source, z.source) AS evidence
FROM closed c
JOIN participant_key p USING (pid)
JOIN session n USING (sess)
LEFT JOIN owner_key k ON k.oid = c.oid
LEFT JOIN source_line a ON a.rid = c.start_rid AND a.table_name = 'events'
LEFT JOIN source_line z ON z.rid = c.end_rid AND z.table_name = 'events'
