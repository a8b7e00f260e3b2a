-- derived_event: one row per event left without a session id, with the number of the session
-- derived for it: a login, an earlier close or a long silence begins another.
SELECT rid, pid, pos, kind, oid, is_input,
  count(CASE WHEN is_new THEN 1 END) OVER (PARTITION BY pid ORDER BY pos ROWS UNBOUNDED PRECEDING)::INTEGER AS turn
FROM (
  SELECT rid, pid, pos, kind, oid, is_input,
    kind = 'login' OR lag(pos) OVER stream IS NULL OR lag(kind) OVER stream = 'logout'
    OR (lag(kind) OVER stream = 'timeout'
      AND NOT (kind = 'logout'
        AND at_of(pos) - at_of(lag(pos) OVER stream) <= getvariable('session_close_grace_us')))
    OR at_of(pos) - at_of(lag(pos) OVER stream) > getvariable('session_gap_us') AS is_new
  FROM homed WHERE sid IS NULL
  WINDOW stream AS (PARTITION BY pid ORDER BY pos))
