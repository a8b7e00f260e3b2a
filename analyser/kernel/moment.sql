-- moment: one row per event of the participant's own, keys as numbers, before it has a session.
SELECT e.rid, e.pid, e.pos, e.kind, s.sid, coalesce(o.oid, 0) AS oid,
  -- What the page or a clerk did is no input of the person.
  e.kind NOT IN ('heartbeat', 'idle', 'timeout', 'edit')
    AND NOT (e.kind = 'verify' AND coalesce(e.outcome = 'ignored', false)) AS is_input
FROM dated_event e
LEFT JOIN session_key s ON s.participant_id = e.participant_id AND s.session_id = e.session_id
LEFT JOIN owner_key o
  ON o.activity_id = e.activity_id AND o.module_id IS NOT DISTINCT FROM e.module_id
WHERE NOT e.is_other
