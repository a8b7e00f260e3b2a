-- one row per act in a participant's record done by somebody else.
SELECT CASE WHEN a.is_supervision THEN 'passed' ELSE 'failed' END AS verdict,
  -- Without a module it is the activity's, unless the activity itself is the row.
  CASE WHEN a.oid = 0 THEN 'session' WHEN a.module_id IS NOT NULL OR c.pid IS NOT NULL THEN 'row'
    ELSE 'activity' END AS level,
  a.pid, nullif(a.oid, 0) AS oid, a.activity_id, a.pos, a.at_us, [a.rid] AS rids
FROM other_act a
LEFT JOIN credit_fact c ON c.pid = a.pid AND c.oid = a.oid AND c.row_no = 1
