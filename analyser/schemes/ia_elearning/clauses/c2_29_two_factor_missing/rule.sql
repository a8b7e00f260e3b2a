-- one row per credit row and session it was learned in: two passed checks of different classes,
-- close together, before the session's first act of learning?
WITH shown AS (
  SELECT c.sess, list(c.rid ORDER BY c.pos) AS rids
  FROM check_event c SEMI JOIN (FROM session_proof WHERE NOT is_proven) USING (sess) GROUP BY ALL)
SELECT CASE WHEN p.is_proven THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level,
  s.pid, s.oid, s.row_no, s.sess, n.start_pos AS pos, n.start_us AS at_us, n.end_us AS until_us,
  CASE WHEN NOT p.is_proven THEN list_distinct(list_concat([coalesce(p.first_rid, s.rid)], v.rids)) END AS rids
FROM row_session s
JOIN credit_fact f ON f.pid = s.pid AND f.oid = s.oid AND f.row_no = s.row_no
  AND f.is_registered AND f.delivery IS DISTINCT FROM 'onsite_assessment'
JOIN session_proof p ON p.sess = s.sess
JOIN session n ON n.sess = s.sess
LEFT JOIN shown v ON v.sess = s.sess
