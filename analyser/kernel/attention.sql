-- attention: one row per element where the owner or the session changes, or before a long gap.
-- What lies between is contiguous, so nothing else of the sequence needs to be kept.
WITH flow AS (
  SELECT *, lead(pos) OVER w AS next_pos, lead(rid) OVER w AS next_rid,
    lag(sess) OVER w AS last_sess, lag(pos) OVER w AS last_pos, lag(owner) OVER w AS last_own,
    last_value(owner IGNORE NULLS) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS carried
  FROM element WINDOW w AS (PARTITION BY pid ORDER BY pos)),
owned AS (
  SELECT pid, pos, rid, sess, next_pos, next_rid, last_pos, last_sess,
    -- A login after everything was closed finds nobody: it is portal time.
    coalesce(owner, CASE WHEN carried = -1 THEN 0 ELSE carried END, 0) AS oid,
    CASE WHEN last_own IS NULL AND carried = -1 THEN 0 ELSE coalesce(carried, 0) END AS last_oid
  FROM flow)
SELECT pid, pos, rid, sess, oid, next_pos, next_rid,
  last_pos IS NULL OR oid <> last_oid OR sess <> last_sess AS is_change,
  oid > 0 AND at_of(next_pos) - at_of(pos) > getvariable('least_threshold_us') AS is_long
FROM owned
WHERE last_pos IS NULL OR oid <> last_oid OR sess <> last_sess
  OR at_of(next_pos) - at_of(pos) > getvariable('least_threshold_us')
