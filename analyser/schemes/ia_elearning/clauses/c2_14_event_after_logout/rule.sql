-- one row per closed session that carries an id: did events with its id come after the close?
WITH late AS (
  SELECT sid, pos, min(rid) OVER (PARTITION BY sid ORDER BY pos ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS rid
  FROM seat SEMI JOIN (SELECT sid FROM session WHERE has_late) USING (sid))
SELECT CASE WHEN has_late THEN 'failed' ELSE 'passed' END AS verdict, 'session' AS level,
  pid, sess, close_pos AS pos, at_of(close_pos) AS at_us, CASE WHEN has_late THEN [l.rid] END AS rids
FROM session s ASOF LEFT JOIN late l ON s.sid = l.sid AND s.close_pos < l.pos
WHERE s.close_pos IS NOT NULL AND NOT s.is_derived
