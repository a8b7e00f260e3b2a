-- row_session: one row per credit row and session in which its module was learned in the row's
-- cycle, before the credit date.
WITH begun AS (SELECT pid, oid, row_no, begin_pos, credit_pos FROM credit_fact WHERE begin_pos IS NOT NULL),
stretch AS (
  -- Only the participants with a later cycle need their single stretches again.
  SELECT pid, sess, oid, pos, at_of(next_pos) > at_of(pos) AS is_long_enough FROM (
    SELECT pid, sess, pos, lead(pos) OVER w AS next_pos,
      coalesce(owner, nullif(last_value(owner IGNORE NULLS) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -1), 0) AS oid
    FROM element WHERE pid IN (SELECT pid FROM begun)
    WINDOW w AS (PARTITION BY pid ORDER BY pos)))
SELECT f.pid, f.oid, f.row_no, r.sess, min(r.rid) AS rid
FROM credit_fact f JOIN learned_run r USING (pid, oid)
WHERE f.begin_pos IS NULL AND (f.credit_pos IS NULL OR r.start_us < at_of(f.credit_pos))
GROUP BY ALL
UNION ALL
SELECT f.pid, f.oid, f.row_no, s.sess, NULL
-- The times of a module's rows follow each other, so a stretch can lie in one only.
FROM (FROM stretch WHERE is_long_enough) s ASOF JOIN begun f ON f.pid = s.pid AND f.oid = s.oid AND s.pos > f.begin_pos
WHERE f.credit_pos IS NULL OR at_of(s.pos) < at_of(f.credit_pos)
GROUP BY ALL
