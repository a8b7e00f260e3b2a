-- one row per closed session that carries an id: did events with its id come after the close?
WITH again AS (FROM seat SEMI JOIN (SELECT sid FROM session WHERE has_late) USING (sid))
SELECT CASE WHEN has_late THEN 'failed' ELSE 'passed' END AS verdict, 'session' AS level,
  s.pid, s.sess, s.close_pos AS pos, at_of(s.close_pos) AS at_us,
  CASE WHEN has_late THEN [c.rid, l.rid] END AS rids
FROM session s ASOF LEFT JOIN again l ON s.sid = l.sid AND s.close_pos < l.pos
LEFT JOIN again c ON c.sid = s.sid AND c.pos = s.close_pos
WHERE s.close_pos IS NOT NULL AND NOT s.is_derived
