-- one row per act in a participant's record done by somebody else.
SELECT CASE WHEN a.is_supervision THEN 'passed' ELSE 'failed' END AS verdict,
  CASE WHEN a.oid = 0 THEN 'session' WHEN k.is_unmoduled THEN 'activity' ELSE 'row' END AS level,
  a.pid, nullif(a.oid, 0) AS oid, a.activity_id, a.pos, a.at_us, [a.rid] AS rids
FROM other_act a LEFT JOIN owner_key k ON k.oid = a.oid
