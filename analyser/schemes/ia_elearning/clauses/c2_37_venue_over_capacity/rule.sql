-- one row per venue at which assessments were supervised: were there ever more candidates at once than it may hold?
WITH supervised AS (
  SELECT e.pid, e.pos, e.activity_id, e.module_id, e.attempt_id, e.object_id AS venue_id, hk_date(e.at_us) AS on_date
  FROM dated_event e
  WHERE e.kind = 'verify' AND e.outcome = 'pass' AND e.factor = 'supervised' AND e.purpose = 'assessment'
    AND e.object_id IN (SELECT venue_id FROM venues)),
sat AS (
  -- A check that names no attempt is of the papers of that day that are handed in after it.
  SELECT DISTINCT s.venue_id, a.pid, at_of(a.begin_pos) AS begin_us, at_of(a.end_pos) AS end_us, a.begin_rid AS rid
  FROM supervised s JOIN attempt a ON a.pid = s.pid AND s.pos <= a.end_pos JOIN owner_key k ON k.oid = a.oid
    AND (s.activity_id IS NULL OR (s.activity_id = k.activity_id AND s.module_id IS NOT DISTINCT FROM k.module_id))
  WHERE s.attempt_id = a.attempt_id OR (s.attempt_id IS NULL AND s.on_date = hk_date(at_of(a.end_pos)))),
met AS (
  SELECT t.venue_id, t.begin_us AS at_us, count(DISTINCT o.pid) AS candidates, list(DISTINCT o.rid ORDER BY o.rid) AS rids
  FROM (SELECT DISTINCT venue_id, begin_us FROM sat) t
  JOIN sat o ON o.venue_id = t.venue_id AND o.begin_us <= t.begin_us AND (o.end_us > t.begin_us OR o.begin_us = t.begin_us)
  GROUP BY ALL),
held AS (
  SELECT m.*, max(v.capacity) AS capacity FROM met m LEFT JOIN venues v ON v.venue_id = m.venue_id
    AND coalesce(v.approved_from <= hk_date(m.at_us), true) AND coalesce(v.approved_to >= hk_date(m.at_us), true)
  GROUP BY ALL),
worst AS (
  SELECT * FROM held QUALIFY row_number() OVER (PARTITION BY venue_id
    ORDER BY candidates - capacity DESC NULLS LAST, candidates DESC, at_us) = 1)
SELECT CASE WHEN capacity IS NULL THEN 'not_assessable' WHEN candidates > capacity THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, venue_id AS what, at_us, candidates AS value, capacity AS limit_value, rids,
  'the register of venues shows no capacity for that day' AS why
FROM worst
