-- one row per closed session that carries an id: did events with its id come after the close?
SELECT CASE WHEN has_late THEN 'failed' ELSE 'passed' END AS verdict, 'session' AS level,
  pid, sess, close_pos AS pos, at_of(close_pos) AS at_us,
  CASE WHEN has_late THEN (SELECT [min(h.rid)] FROM seat h WHERE h.sid = s.sid AND h.pos > s.close_pos) END AS rids
FROM session s WHERE close_pos IS NOT NULL AND NOT is_derived
