-- one row per credit row and session it was learned in where two factors were proven at all: were
-- they proven before the first act of learning?
WITH completing AS (
  SELECT c.sess, c.rid FROM check_event c
  JOIN (FROM session_proof WHERE NOT is_proven) p ON p.sess = c.sess AND p.proven_pos = c.pos)
SELECT CASE WHEN p.is_proven THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level,
  s.pid, s.oid, s.row_no, s.sess, p.first_pos AS pos, at_of(p.first_pos) AS at_us,
  at_of(p.proven_pos) AS until_us, CASE WHEN NOT p.is_proven THEN [p.first_rid, c.rid] END AS rids
FROM row_session s
JOIN credit_fact f ON f.pid = s.pid AND f.oid = s.oid AND f.row_no = s.row_no
  AND f.is_registered AND f.delivery IS DISTINCT FROM 'onsite_assessment'
JOIN session_proof p ON p.sess = s.sess AND p.proven_pos IS NOT NULL
LEFT JOIN completing c ON c.sess = s.sess
