-- warned: one row per participant and registered activity they learned in: were they warned before
-- it began?
-- kept as a part
WITH begun AS (
  SELECT m.pid, k.activity_id, min(m.pos) AS first_pos, arg_min(m.rid, m.pos) AS first_rid
  FROM moment m JOIN owner_key k USING (oid)
  -- What the page sends while the warning stands there is nobody's act.
  WHERE k.is_activity_registered AND m.is_input AND m.kind NOT IN ('login', 'verify', 'acknowledge') GROUP BY ALL),
warning AS (
  SELECT m.pid, k.activity_id, min(m.pos) AS pos FROM moment m LEFT JOIN owner_key k USING (oid)
  WHERE m.kind = 'acknowledge' GROUP BY ALL)
SELECT b.pid, b.activity_id, b.first_rid, EXISTS (FROM warning w WHERE w.pid = b.pid AND w.pos <= b.first_pos
    AND coalesce(w.activity_id, b.activity_id) = b.activity_id) AS is_warned
FROM begun b
