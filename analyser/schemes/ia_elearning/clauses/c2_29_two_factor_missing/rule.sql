-- one row per credit row and session it was learned in: two passed checks of different classes,
-- close together, before the session's first act of learning?
SELECT CASE WHEN p.is_proven THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level,
  s.pid, s.oid, s.row_no, s.sess, n.start_pos AS pos, n.start_us AS at_us, n.end_us AS until_us,
  CASE WHEN coalesce(p.first_rid, s.rid) IS NULL THEN [] ELSE [coalesce(p.first_rid, s.rid)] END AS rids
FROM row_session s
JOIN credit_fact f ON f.pid = s.pid AND f.oid = s.oid AND f.row_no = s.row_no
  AND f.is_registered AND f.delivery IS DISTINCT FROM 'onsite_assessment'
JOIN session_proof p ON p.sess = s.sess
JOIN session n ON n.sess = s.sess
