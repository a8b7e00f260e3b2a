-- attempt: one row per participant, activity, module and attempt id; it begins with its
-- assessment_start (else its first event) and ends with its first submission (else its last event).
WITH whole AS (
  SELECT pid, oid, attempt_id, min(pos) AS first_pos, max(pos) AS last_pos,
    min(pos) FILTER (kind = 'assessment_start') AS start_pos,
    min(pos) FILTER (kind = 'assessment_submit') AS submit_pos,
    arg_min(rid, pos) AS first_rid, arg_max(rid, pos) AS last_rid,
    arg_min(rid, pos) FILTER (kind = 'assessment_submit') AS submit_rid,
    arg_min(rid, pos) FILTER (kind = 'assessment_start') AS start_rid
  FROM attempt_event GROUP BY ALL)
SELECT pid, oid, attempt_id, submit_pos, submit_rid, first_pos, last_pos,
  CASE WHEN start_pos > submit_pos THEN first_pos ELSE coalesce(start_pos, first_pos) END AS begin_pos,
  CASE WHEN start_pos > submit_pos THEN first_rid ELSE coalesce(start_rid, first_rid) END AS begin_rid,
  coalesce(submit_pos, last_pos) AS end_pos, coalesce(submit_rid, last_rid) AS end_rid
FROM whole
