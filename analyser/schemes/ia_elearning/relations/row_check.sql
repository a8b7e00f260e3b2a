-- row_check: one row per identity check and the credited row in whose time and module it stands.
WITH credited AS (
  SELECT pid, oid, row_no, coalesce(begin_pos, -1) AS begin_pos, credit_pos, active_us FROM credit_outcome
  WHERE figure = 'likely' AND credit_pos IS NOT NULL AND credited_minutes > 0 AND active_us > 0),
-- A check that names no activity leaves the time after it with the module that had it.
owned AS (
  SELECT c.rid, c.pid, c.pos, CASE WHEN c.oid > 0 THEN c.oid ELSE a.oid END AS oid
  FROM check_event c
  ASOF LEFT JOIN (SELECT pid, pos, oid FROM attention WHERE is_change) a ON a.pid = c.pid AND c.pos >= a.pos
  WHERE c.is_input)
SELECT o.rid, o.pos, c.*
FROM owned o ASOF JOIN credited c ON c.pid = o.pid AND c.oid = o.oid AND o.pos <= c.credit_pos
WHERE o.pos > c.begin_pos
