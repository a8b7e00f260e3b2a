-- one row per submission of a credit row: its score, the pass mark of its day, and where it is written
SELECT
    s.attempt_id, iso(at_of(s.submit_pos)) AS "at", s.score, s.max_score, s.pass_mark, s.is_passed,
    r.file || ':' || (s.submit_rid + r.shift) AS source,
    (
        SELECT string_agg(DISTINCT n.code, ', ' ORDER BY n.code) FROM findings AS n
        WHERE
            n.participant_id = p.participant_id AND n.activity_id = f.activity_id
            AND n.module_id IS NOT DISTINCT FROM f.module_id
            AND n.attempt_id = s.attempt_id AND n.clause = '2.33'
    ) AS codes,
    -- A retake that passed, where one of the two papers does not name its questions.
    EXISTS (
        FROM cycle AS c
        WHERE
            c.pid = s.pid AND c.oid = s.oid AND c.row_no = f.row_no
            AND c.retake_attempt_id = s.attempt_id AND c.pass_pos = c.retake_submit_pos
            AND 2 > (
                SELECT count(DISTINCT i.attempt_id) FROM attempt_item AS i
                WHERE
                    i.pid = c.pid AND i.oid = c.oid
                    AND i.attempt_id IN (c.first_attempt_id, c.retake_attempt_id)
            )
    ) AS lacks_items
FROM submission AS s
INNER JOIN participant_key AS p USING (pid)
INNER JOIN credit_fact AS f
    ON f.pid = s.pid AND f.oid = s.oid AND s.submit_pos > coalesce(f.row_begin_pos, -1)
    AND (f.credit_pos IS NULL OR s.submit_pos <= f.credit_pos)
ASOF LEFT JOIN (FROM source_run WHERE table_name = 'events') AS r ON s.submit_rid >= r.from_rid
WHERE f.oid = $oid AND f.row_no = $row_no
ORDER BY s.submit_pos
