-- attempt_item: one row per question of an attempt, up to its submission; the last answer counts.
SELECT a.pid, a.oid, a.attempt_id, e.item_id, min(m.pos) AS first_pos,
  arg_min(m.rid, m.pos) AS first_rid,
  arg_max_null(e.score, m.pos) FILTER (m.kind = 'answer') AS score,
  arg_max_null(e.max_score, m.pos) FILTER (m.kind = 'answer') AS max_score
FROM moment m
JOIN event e ON e.rowid = m.rid
JOIN attempt a ON a.pid = m.pid AND a.oid = m.oid AND a.attempt_id = e.attempt_id
WHERE m.kind IN ('question', 'answer') AND e.item_id IS NOT NULL
  AND (a.submit_pos IS NULL OR m.pos <= a.submit_pos)
GROUP BY a.pid, a.oid, a.attempt_id, e.item_id
