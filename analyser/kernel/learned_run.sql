-- learned_run: one row per longest run of stretches of one session and owner (0: portal).
SELECT pid, sess, oid, at_of(pos) AS start_us, at_of(next_pos) AS end_us, pos, rid, next_rid
FROM (
  SELECT pid, sess, oid, pos, rid, lead(pos) OVER w AS next_pos, lead(rid) OVER w AS next_rid
  FROM attention WHERE is_change WINDOW w AS (PARTITION BY pid ORDER BY pos))
WHERE oid >= 0 AND at_of(next_pos) > at_of(pos)
