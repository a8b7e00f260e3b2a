-- the register row of an activity and module in force on a date, the latest of overlapping ones
SELECT approval_no, approved_from, approved_to, pass_mark
FROM activities
WHERE
    activity_id = ? AND module_id IS NOT DISTINCT FROM CAST(? AS VARCHAR)
    AND CAST(? AS DATE) BETWEEN coalesce(approved_from, DATE '0001-01-01')
        AND coalesce(approved_to, DATE '9999-12-31')
ORDER BY approved_from DESC NULLS LAST
LIMIT 1
