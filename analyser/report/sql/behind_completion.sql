-- one row: the completion event that met the last content requirement of a credit row
SELECT c.object_id, r.file || ':' || (c.rid + r.shift) AS source
FROM credit_fact AS f
INNER JOIN completion AS c ON c.pid = f.pid AND c.oid = f.oid AND c.pos = f.content_pos
ASOF LEFT JOIN (FROM source_run WHERE table_name = 'events') AS r ON c.rid >= r.from_rid
WHERE f.oid = $oid AND f.row_no = $row_no
