-- one row per passing retake: how many of its questions had not been shown in the cycle before?
WITH retake AS (
  SELECT c.pid, c.oid, c.row_no, c.begin_pos, c.pass_pos, c.first_attempt_id,
    c.retake_attempt_id AS attempt_id, t.begin_pos AS retake_begin_pos, t.submit_rid
  FROM cycle c
  JOIN credit_case k ON k.pid = c.pid AND k.oid = c.oid AND k.row_no = c.row_no
  JOIN attempt t ON t.pid = c.pid AND t.oid = c.oid AND t.attempt_id = c.retake_attempt_id
  WHERE c.pass_pos = c.retake_submit_pos),
seen AS (
  SELECT r.pid, r.oid, r.attempt_id, i.item_id, bool_or(i.attempt_id = r.first_attempt_id) AS is_first, min(i.first_rid) AS shown_rid
  FROM retake r
  JOIN attempt_item i ON i.pid = r.pid AND i.oid = r.oid
  JOIN attempt a ON a.pid = i.pid AND a.oid = i.oid AND a.attempt_id = i.attempt_id
  WHERE i.attempt_id = r.first_attempt_id
    OR (a.submit_pos IS NULL AND i.first_pos < r.retake_begin_pos AND i.first_pos > coalesce(r.begin_pos, -1))
  GROUP BY ALL),
first_paper AS (
  SELECT pid, oid, attempt_id, count(*) AS first_count FROM seen WHERE is_first GROUP BY ALL),
paper AS (
  SELECT r.pid, r.oid, r.attempt_id, count(*) AS item_count, count(*) FILTER (s.item_id IS NULL) AS new_count,
    coalesce(list(i.first_rid ORDER BY i.first_rid) FILTER (s.item_id IS NOT NULL), []) AS seen_rids,
    coalesce(list(s.shown_rid ORDER BY s.shown_rid) FILTER (s.item_id IS NOT NULL), []) AS shown_rids
  FROM retake r
  JOIN attempt_item i ON i.pid = r.pid AND i.oid = r.oid AND i.attempt_id = r.attempt_id
  LEFT JOIN seen s ON s.pid = r.pid AND s.oid = r.oid AND s.attempt_id = r.attempt_id AND s.item_id = i.item_id
  GROUP BY ALL)
SELECT CASE WHEN p.item_count IS NULL OR f.first_count IS NULL THEN 'not_assessable'
    WHEN 100 * p.new_count >= getvariable('retake_new_percent') * p.item_count THEN 'passed' ELSE 'failed' END AS verdict,
  'row' AS level, r.pid, r.oid, r.row_no, r.attempt_id, r.pass_pos AS pos, at_of(r.pass_pos) AS at_us,
  p.new_count AS value, (p.item_count * getvariable('retake_new_percent') + 100 - 1) // 100 AS limit_value, [r.submit_rid] || p.shown_rids || p.seen_rids AS rids,
  'the papers carry no item records' AS why
FROM retake r
LEFT JOIN paper p USING (pid, oid, attempt_id)
LEFT JOIN first_paper f USING (pid, oid, attempt_id)
