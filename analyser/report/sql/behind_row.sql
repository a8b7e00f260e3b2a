-- one row: a credit row among the relations made again, if they come to what was written
SELECT f.oid, f.row_no, f.approval_no, f.approved_from, f.approved_to
FROM credit_fact AS f
LEFT JOIN row_time AS t USING (pid, oid, row_no)
WHERE
    f.activity_id = ? AND f.module_id IS NOT DISTINCT FROM CAST(? AS VARCHAR)
    AND iso(at_of(f.started_pos)) IS NOT DISTINCT FROM CAST(? AS VARCHAR)
    AND iso(at_of(f.content_pos)) IS NOT DISTINCT FROM CAST(? AS VARCHAR)
    AND iso(at_of(f.pass_pos)) IS NOT DISTINCT FROM CAST(? AS VARCHAR)
    AND f.passing_attempt_id IS NOT DISTINCT FROM CAST(? AS VARCHAR)
    AND coalesce(t.login_us, 0) // 1000000 = ? AND coalesce(t.active_us, 0) // 1000000 = ?
