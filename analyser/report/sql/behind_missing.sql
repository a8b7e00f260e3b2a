-- one row per requirement of a credit row without a completion event ('': the module as a whole)
SELECT r.object_id
FROM requirement AS r
INNER JOIN credit_fact AS f USING (oid)
WHERE
    f.oid = $oid AND f.row_no = $row_no
    AND NOT EXISTS (
        SELECT 1 FROM completion AS c
        WHERE
            c.oid = r.oid AND c.object_id = r.object_id AND c.is_needed
            AND c.pos > coalesce(f.begin_pos, -1)
    )
ORDER BY r.object_id
