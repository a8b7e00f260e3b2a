-- session_proof: one row per session: its first act of learning, and when two passed checks of
-- different classes, close enough together, were first both there.
WITH opening AS (
  SELECT sess, min(pos) AS first_pos, arg_min(rid, pos) AS first_rid FROM seated
  WHERE oid > 0 AND kind NOT IN ('login', 'verify', 'acknowledge') GROUP BY ALL),
passed AS (SELECT * FROM check_event WHERE outcome = 'pass' AND class IS NOT NULL),
-- Wherever two of different classes lie close together, so do two that follow each other, and no later.
pair AS (
  SELECT sess, min(pos) AS proven_pos FROM (
    SELECT sess, pos, class, lag(class) OVER in_turn AS other_class, lag(pos) OVER in_turn AS other_pos FROM passed
    WINDOW in_turn AS (PARTITION BY sess ORDER BY pos))
  WHERE class <> other_class AND at_of(pos) - at_of(other_pos) <= getvariable('auth_pair_window_us')
  GROUP BY ALL)
SELECT s.sess, o.first_pos, o.first_rid, p.proven_pos,
  coalesce(at_of(p.proven_pos) <= at_of(o.first_pos), p.proven_pos IS NOT NULL) AS is_proven
FROM session s LEFT JOIN opening o USING (sess) LEFT JOIN pair p USING (sess)
