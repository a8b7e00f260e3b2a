-- one row per run of one state in the time of a credit row, in time order; together they are its login time
WITH mine AS (
    SELECT
        pid, sess, start_us, end_us,
        CASE
            WHEN is_assessment THEN 'assessment' WHEN is_idle THEN 'idle'
            WHEN is_media THEN 'media' ELSE 'learning'
        END AS state
    FROM segment
    WHERE oid = $oid AND row_no = $row_no
),
numbered AS (
    SELECT *, count(CASE WHEN is_new THEN 1 END) OVER (ORDER BY start_us) AS n
    FROM (
        SELECT
            *, coalesce(
                lag(end_us) OVER w <> start_us OR lag(sess) OVER w <> sess OR lag(state) OVER w <> state, TRUE
            ) AS is_new
        FROM mine
        WINDOW w AS (ORDER BY start_us)
    )
),
run AS (SELECT pid, state, min(start_us) AS start_us, max(end_us) AS end_us FROM numbered GROUP BY pid, state, n),
edge AS (
    SELECT pid, at_us, min(place) AS place
    FROM (
        SELECT b.pid, b.at_us, s.file || ':' || b.line AS place
        FROM boundary AS b INNER JOIN source_file AS s USING (file_id)
        UNION ALL
        SELECT f.pid, at_of(f.credit_pos), r.file || ':' || (f.credit_rid + r.shift)
        FROM (FROM credit_fact WHERE oid = $oid AND row_no = $row_no AND credit_pos IS NOT NULL) AS f
        ASOF INNER JOIN (FROM source_run WHERE table_name = 'events') AS r ON f.credit_rid >= r.from_rid
    )
    GROUP BY pid, at_us
),
opened AS (
    SELECT u.*, e.place AS first_place FROM run AS u
    ASOF LEFT JOIN edge AS e ON e.pid = u.pid AND u.start_us >= e.at_us
)
SELECT
    o.state, iso(o.start_us) AS start_at, iso(o.end_us) AS end_at, o.end_us - o.start_us AS length_us,
    concat_ws(';', o.first_place, e.place) AS evidence
FROM opened AS o
ASOF LEFT JOIN edge AS e ON e.pid = o.pid AND o.end_us <= e.at_us
ORDER BY o.start_us
