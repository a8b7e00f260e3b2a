-- credits: one row per participant and module, and one more for each further completion.
WITH reading AS (
  SELECT pid, oid, row_no, count(DISTINCT (status, credited_minutes)) = 1 AS robust
  FROM credit_outcome GROUP BY ALL),
sat AS (
  SELECT c.pid, c.oid, c.row_no, count(*) AS attempts
  -- The times of a module's rows follow each other, so a submission can lie in one only.
  FROM submission s
  ASOF JOIN (SELECT pid, oid, row_no, coalesce(row_begin_pos, -1) AS from_pos, credit_pos FROM credit_fact) c
    ON c.pid = s.pid AND c.oid = s.oid AND s.submit_pos > c.from_pos
  WHERE c.credit_pos IS NULL OR s.submit_pos <= c.credit_pos
  GROUP BY ALL)
SELECT p.participant_id, o.activity_id, o.module_id, o.period, o.category, o.status,
  o.credited_minutes::BIGINT AS credited_minutes, o.stated_minutes,
  o.evidenced_minutes::BIGINT AS evidenced_minutes, o.stated_minutes AS completion_minutes, o.floor_minutes,
  coalesce(t.active_us, 0) // 1000000 AS active_s, coalesce(t.active_lower_us, 0) // 1000000 AS active_lower_s,
  coalesce(t.active_upper_us, 0) // 1000000 AS active_upper_s, coalesce(t.login_us, 0) // 1000000 AS login_s,
  coalesce(t.idle_us, 0) // 1000000 AS idle_s, coalesce(t.assessment_us, 0) // 1000000 AS assessment_s,
  coalesce(t.media_us, 0) // 1000000 AS media_s,
  iso(at_of(o.started_pos)) AS started_at, iso(at_of(o.content_pos)) AS completed_at,
  iso(at_of(o.pass_pos)) AS passed_at, iso(at_of(o.credit_pos)) AS credited_at,
  coalesce(s.attempts, 0) AS attempts, o.passing_attempt_id, r.robust, coalesce(c.codes, '') AS codes
FROM credit_outcome o
JOIN participant_key p USING (pid)
JOIN reading r USING (pid, oid, row_no)
LEFT JOIN row_time t USING (pid, oid, row_no)
LEFT JOIN sat s USING (pid, oid, row_no)
LEFT JOIN row_code c USING (pid, oid, row_no)
WHERE o.figure = 'likely'
ORDER BY p.participant_id, o.activity_id, o.module_id NULLS FIRST, o.row_no
