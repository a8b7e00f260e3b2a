-- one row per identity check passed in the sessions of a credit row, up to the credit date
SELECT c.factor, r.file || ':' || (c.rid + r.shift) AS source
FROM check_event AS c
INNER JOIN row_session AS s ON s.pid = c.pid AND s.sess = c.sess
INNER JOIN credit_fact AS f ON f.pid = s.pid AND f.oid = s.oid AND f.row_no = s.row_no
ASOF LEFT JOIN (FROM source_run WHERE table_name = 'events') AS r ON c.rid >= r.from_rid
WHERE
    f.oid = $oid AND f.row_no = $row_no AND c.outcome = 'pass'
    AND (f.credit_pos IS NULL OR c.pos <= f.credit_pos)
ORDER BY c.pos
