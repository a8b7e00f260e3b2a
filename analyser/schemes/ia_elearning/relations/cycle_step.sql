-- cycle_step: one row per point after which a cycle may run (before everything; where somebody submitted more than once, each
-- completion and submission) and way to begin it: when its content is complete, its attempts, and what comes of them.
WITH several AS (SELECT pid, oid FROM submission GROUP BY ALL HAVING count(*) > 1),
point AS (
  SELECT p.pid, p.oid, -1 AS pos, false AS is_restudy FROM presence p JOIN owner_key k ON k.oid = p.oid AND k.is_registered
  UNION ALL SELECT pid, oid, pos, false FROM completion SEMI JOIN several USING (pid, oid)
  UNION ALL SELECT pid, oid, submit_pos, unnest([false, true]) FROM submission SEMI JOIN several USING (pid, oid)),
met AS (
  SELECT pid, oid, object_id, pos, coalesce(lag(pos) OVER (PARTITION BY pid, oid, object_id ORDER BY pos), -1) AS last_pos
  FROM completion SEMI JOIN several USING (pid, oid) WHERE is_needed
  UNION ALL
  -- Where nothing is begun again, only the first time counts.
  SELECT pid, oid, object_id, min(pos), -1 FROM completion ANTI JOIN several USING (pid, oid) WHERE is_needed GROUP BY ALL),
-- After a point, each requirement is next met by the one completion that follows its last; the latest of these completes the content.
renewed AS (
  SELECT pid, oid, last_pos, max(max(pos)) OVER (PARTITION BY pid, oid ORDER BY last_pos) AS content_pos
  FROM met GROUP BY pid, oid, last_pos),
-- From here on something is never met again.
last_time AS (
  SELECT pid, oid, min(pos) AS pos
  FROM (SELECT pid, oid, object_id, max(pos) AS pos FROM met GROUP BY ALL)
  JOIN (SELECT oid, count(*) AS n FROM requirement GROUP BY oid) USING (oid)
  GROUP BY pid, oid HAVING count(*) = any_value(n)),
content AS (
  SELECT p.*, least(CASE WHEN p.pos < t.pos THEN r.content_pos END, w.pos) AS content_pos
  FROM point p LEFT JOIN last_time t ON t.pid = p.pid AND t.oid = p.oid
  ASOF LEFT JOIN renewed r ON r.pid = p.pid AND r.oid = p.oid AND p.pos >= r.last_pos
  ASOF LEFT JOIN (FROM completion WHERE is_whole) w ON w.pid = p.pid AND w.oid = p.oid AND p.pos < w.pos),
ready AS (
  SELECT *, CASE WHEN is_restudy THEN content_pos ELSE pos END AS from_pos FROM content
  WHERE NOT is_restudy OR content_pos IS NOT NULL),
sat AS (
  SELECT pid, oid, submit_pos, attempt_id, is_passed, pass_mark IS NULL AS is_unmarked, lead(submit_pos) OVER w AS retake_submit_pos,
    lead(attempt_id) OVER w AS retake_attempt_id, lead(is_passed) OVER w AS retake_is_passed,
    lead(pass_mark IS NULL) OVER w AS retake_is_unmarked, max(submit_pos) OVER (PARTITION BY pid, oid) AS last_submit_pos
  FROM submission WINDOW w AS (PARTITION BY pid, oid ORDER BY submit_pos)),
judged AS (
  SELECT r.*, a.submit_pos AS first_submit_pos, a.attempt_id AS first_attempt_id, a.retake_submit_pos, a.retake_attempt_id,
    CASE WHEN a.is_unmarked THEN 'unmarked' WHEN a.is_passed THEN 'passed' WHEN a.retake_submit_pos IS NULL THEN 'open'
      WHEN a.retake_is_unmarked THEN 'unmarked' WHEN a.retake_is_passed THEN 'passed' ELSE 'failed' END AS outcome,
    coalesce(a.is_unmarked OR a.is_passed OR a.retake_submit_pos IS NULL, true) AS is_first_last,
    CASE WHEN is_first_last THEN a.submit_pos ELSE a.retake_submit_pos END AS last_pos,
    CASE WHEN is_first_last THEN a.attempt_id ELSE a.retake_attempt_id END AS last_attempt_id,
    CASE WHEN outcome = 'passed' THEN last_pos END AS pass_pos,
    CASE WHEN outcome = 'passed' AND content_pos IS NOT NULL THEN greatest(content_pos, last_pos) END AS credit_pos,
    CASE WHEN outcome = 'failed' THEN last_pos WHEN credit_pos < a.last_submit_pos THEN credit_pos END AS next_pos
  FROM ready r ASOF LEFT JOIN sat a ON a.pid = r.pid AND a.oid = r.oid AND r.from_pos < a.submit_pos)
SELECT * EXCLUDE (is_first_last) FROM judged
