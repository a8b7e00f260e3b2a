-- one row per clip of a credit row whose length no record tells and which the longest time allowed has cut
SELECT
    e.object_id, iso(c.start_us) AS "at", (c.end_us - c.start_us) // 1000000 AS length_s,
    r.file || ':' || (c.rid + r.shift) AS source
FROM clip AS c
INNER JOIN stored_event AS e USING (rid)
INNER JOIN row_window AS w
    ON w.pid = c.pid AND w.oid = c.oid AND c.start_us >= w.start_us AND c.start_us < w.end_us
ASOF LEFT JOIN (FROM source_run WHERE table_name = 'events') AS r ON c.rid >= r.from_rid
WHERE
    w.oid = $oid AND w.row_no = $row_no AND c.is_unmeasured
    AND c.end_us - c.start_us = getvariable('media_max_us')
ORDER BY c.start_us
