-- supervised_paper: one row per attempt and check that it was supervised at a venue: when it was sat.
-- kept as a part
WITH supervised AS (
  SELECT e.rid, e.pid, e.pos, e.activity_id, e.module_id, e.attempt_id, e.object_id AS venue_id, hk_date(e.at_us) AS on_date
  FROM dated_event e
  WHERE e.kind = 'verify' AND e.outcome = 'pass' AND e.factor = 'supervised' AND e.purpose = 'assessment'
    AND e.object_id IN (SELECT venue_id FROM venues))
-- A check that names no attempt is of the papers of that day that are handed in after it.
SELECT s.venue_id, a.pid, at_of(a.begin_pos) AS begin_us, at_of(a.end_pos) AS end_us, a.begin_rid AS rid, s.rid AS check_rid
FROM supervised s JOIN attempt a ON a.pid = s.pid AND s.pos <= a.end_pos JOIN owner_key k ON k.oid = a.oid
  AND (s.activity_id IS NULL OR (s.activity_id = k.activity_id AND s.module_id IS NOT DISTINCT FROM k.module_id))
WHERE s.attempt_id = a.attempt_id OR (s.attempt_id IS NULL AND s.on_date = hk_date(at_of(a.end_pos)))
-- Of several such checks the last one says where it was.
QUALIFY s.attempt_id IS NOT NULL OR row_number() OVER (PARTITION BY a.pid, a.oid, a.attempt_id, s.attempt_id ORDER BY s.pos DESC) = 1
