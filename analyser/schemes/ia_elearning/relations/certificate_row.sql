-- certificate_row: one row per certificate and awarded credit row that it stands for, with the register row in force on
-- the credit date.
SELECT l.rid, l.pid, l.oid, l.row_no, l.module_id, l.credited_on,
  r.approval_no, r.title, r.provider, lower(trim(r.category)) AS category, coalesce(lower(trim(r.mode)), 'elearning') AS mode
FROM certificate_line l
JOIN register_at('line_date') d ON d.oid = l.oid AND d.on_date = l.on_date
JOIN register_row r ON r.oid = d.oid AND r.rank = d.rank
WHERE l.status = 'awarded'
