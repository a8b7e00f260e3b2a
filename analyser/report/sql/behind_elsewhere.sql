-- one row per other module (or the portal: no ids) with time in the sessions of a credit row, up to its end
SELECT
    k.activity_id, k.module_id,
    CAST(sum(least(s.end_us, w.end_us) - greatest(s.start_us, w.start_us)) AS BIGINT) AS length_us
FROM segment AS s
INNER JOIN row_window AS w ON w.pid = s.pid AND w.oid = $oid AND w.row_no = $row_no
LEFT JOIN owner_key AS k ON k.oid = s.oid
WHERE
    s.oid <> $oid AND s.start_us < w.end_us AND s.end_us > w.start_us
    AND s.sess IN (SELECT m.sess FROM segment AS m WHERE m.oid = $oid AND m.row_no = $row_no)
GROUP BY k.activity_id, k.module_id
ORDER BY k.activity_id NULLS LAST, k.module_id NULLS FIRST
