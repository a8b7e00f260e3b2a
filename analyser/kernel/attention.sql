-- attention: one row per element where the owner or the session changes, or before a long gap.
-- What lies between is contiguous, so nothing else of the sequence needs to be kept.
WITH stated AS (
  -- Session and owner in one number, so that one look back compares both.
  SELECT *, sess * (SELECT count(*) + 1 + 2 FROM owner_key)::BIGINT + coalesce(owner + 2, 0) AS state
  FROM element),
flow AS (
  SELECT pid, pos, rid, sess, owner, state, lag(state) OVER w AS last_state,
    lead(pos) OVER w AS next_pos, lead(rid) OVER w AS next_rid
  FROM stated WINDOW w AS (PARTITION BY pid ORDER BY pos)),
kept AS (
  SELECT *, at_of(next_pos) - at_of(pos) > getvariable('least_threshold_us') AS is_apart
  FROM flow WHERE last_state IS DISTINCT FROM state
    OR at_of(next_pos) - at_of(pos) > getvariable('least_threshold_us')),
-- Rows left out repeat the state before them, so the row kept before says what it was.
carrying AS (
  SELECT *, lag(sess) OVER w AS last_sess, lag(owner) OVER w AS last_own,
    last_value(owner IGNORE NULLS) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS carried
  FROM kept WINDOW w AS (PARTITION BY pid ORDER BY pos)),
owned AS (
  SELECT pid, pos, rid, sess, next_pos, next_rid, is_apart,
    -- A login after everything was closed finds nobody: it is portal time.
    coalesce(owner, CASE WHEN carried = -1 THEN 0 ELSE carried END, 0) AS oid,
    CASE WHEN last_own IS NULL AND carried = -1 THEN 0 ELSE coalesce(carried, 0) END AS last_oid,
    coalesce(sess <> last_sess, true) AS is_other_session
  FROM carrying)
SELECT pid, pos, rid, sess, oid, next_pos, next_rid,
  is_other_session OR oid <> last_oid AS is_change, oid > 0 AND is_apart AS is_long
FROM owned WHERE is_other_session OR oid <> last_oid OR is_apart
