-- attempt_item: one row per question of an attempt, up to its submission; the last answer counts.
SELECT a.pid, a.oid, a.attempt_id, e.item_id, min(e.pos) AS first_pos,
  arg_min(e.rid, e.pos) AS first_rid,
  arg_max_null(e.score, e.pos) FILTER (e.kind = 'answer') AS score,
  arg_max_null(e.max_score, e.pos) FILTER (e.kind = 'answer') AS max_score
FROM attempt_event e
JOIN attempt a ON a.pid = e.pid AND a.oid = e.oid AND a.attempt_id = e.attempt_id
WHERE e.kind IN ('question', 'answer') AND e.item_id IS NOT NULL
  AND (a.submit_pos IS NULL OR e.pos <= a.submit_pos)
GROUP BY a.pid, a.oid, a.attempt_id, e.item_id
