-- element: one row per member of the sequence of one attention (a view): inputs, and the ends of
-- sessions. `owner`: what the time after it belongs to; null leaves it as it was; 0 portal;
-- -1 nobody, no session is open.
-- kept as a view
SELECT s.pid, s.pos, s.rid, s.sess,
  CASE WHEN c.pos IS NOT NULL THEN c.owner
    WHEN s.oid = 0 AND s.kind IN ('login', 'verify', 'acknowledge') THEN NULL
    ELSE s.oid END AS owner
FROM seated s LEFT JOIN cut c ON c.pid = s.pid AND c.pos = s.pos
WHERE CASE WHEN c.pos IS NULL THEN s.is_input ELSE NOT c.is_left_out END
