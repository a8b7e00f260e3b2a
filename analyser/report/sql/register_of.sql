-- the register row of an activity and module in force on a date; of overlapping ones that which the rules take
SELECT approval_no, approved_from, approved_to
FROM activities
WHERE
    activity_id = ? AND module_id IS NOT DISTINCT FROM CAST(? AS VARCHAR) AND approved_minutes IS NOT NULL
    AND CAST(? AS DATE) BETWEEN coalesce(approved_from, DATE '0001-01-01')
    AND coalesce(approved_to, DATE '9999-12-31')
ORDER BY
    approved_from DESC NULLS LAST, approved_to DESC NULLS FIRST, approved_minutes DESC,
    coalesce(stated_minutes, approved_minutes) DESC, pass_mark DESC NULLS LAST, category DESC NULLS LAST,
    delivery DESC NULLS LAST, approval_no DESC NULLS LAST
LIMIT 1
