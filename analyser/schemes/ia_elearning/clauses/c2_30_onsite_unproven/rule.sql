-- one row per passed credit row of an activity assessed in person: was the passing attempt
-- supervised at a venue approved that day?
WITH supervised AS (
  SELECT e.rid, e.pid, e.pos, e.activity_id, e.module_id, e.attempt_id, hk_date(e.at_us) AS on_date,
    v.venue_id, v.approved_from, v.approved_to
  FROM dated_event e LEFT JOIN venues v ON v.venue_id = e.object_id
  WHERE e.kind = 'verify' AND e.outcome = 'pass' AND e.factor = 'supervised' AND e.purpose = 'assessment'),
passed AS (
  SELECT f.*, a.submit_rid, hk_date(at_of(f.pass_pos)) AS passed_on
  FROM credit_fact f JOIN attempt a ON a.pid = f.pid AND a.oid = f.oid AND a.attempt_id = f.passing_attempt_id
  WHERE f.delivery = 'onsite_assessment' AND f.pass_pos IS NOT NULL),
judged AS (
  SELECT p.*, EXISTS (
    FROM supervised s WHERE s.pid = p.pid AND s.pos <= p.pass_pos AND s.venue_id IS NOT NULL
      AND coalesce(s.approved_from <= p.passed_on, true) AND coalesce(s.approved_to >= p.passed_on, true)
      AND (s.activity_id IS NULL OR (s.activity_id = p.activity_id AND s.module_id IS NOT DISTINCT FROM p.module_id))
      AND (s.attempt_id = p.passing_attempt_id OR (s.attempt_id IS NULL AND s.on_date = p.passed_on))) AS is_proven
  FROM passed p),
-- What there is instead is evidence too.
near AS (
  SELECT p.pid, p.oid, p.row_no, list(DISTINCT s.rid ORDER BY s.rid) AS rids
  FROM passed p JOIN supervised s ON s.pid = p.pid
  WHERE s.attempt_id = p.passing_attempt_id OR s.on_date = p.passed_on GROUP BY ALL)
SELECT CASE WHEN NOT EXISTS (FROM venues) THEN 'not_assessable' WHEN is_proven THEN 'passed' ELSE 'failed' END AS verdict,
  NOT is_proven AS is_finding, 'row' AS level, pid, oid, row_no, passing_attempt_id AS attempt_id,
  pass_pos AS pos, at_of(pass_pos) AS at_us, [submit_rid] || coalesce(n.rids, []) AS rids, 'no venues register' AS why
FROM judged LEFT JOIN near n USING (pid, oid, row_no)
