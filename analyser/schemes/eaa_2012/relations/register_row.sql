-- register_row: one row per approval of a part; `oid` is the part's number.
SELECT p.part AS oid, a.*,
  -- Rows that begin together are put in an order of what they say, never of where they stand.
  row_number() OVER (PARTITION BY p.part ORDER BY a.approved_from NULLS FIRST, a.approved_to NULLS LAST,
    a.points, a.contact_minutes, a.mode, a.category NULLS FIRST, a.min_attendance_pct NULLS FIRST,
    a.approval_no NULLS FIRST, a.rid) AS rank
FROM activities a
JOIN register_part p ON p.activity_id = a.activity_id AND p.module_id IS NOT DISTINCT FROM a.module_id
WHERE a.mode IN ('lecture', 'multi_session')
