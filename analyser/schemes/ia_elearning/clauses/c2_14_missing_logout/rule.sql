-- one row per session: was it ever closed?
SELECT CASE WHEN s.close_pos IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'session' AS level,
  s.pid, s.sess, s.end_pos AS pos, s.start_us AS at_us, s.end_us AS until_us,
  CASE WHEN s.close_pos IS NULL THEN [m.rid] END AS rids
FROM session s LEFT JOIN moment m ON s.close_pos IS NULL AND m.pid = s.pid AND m.pos = s.end_pos
