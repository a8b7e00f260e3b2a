-- certificate_row: one row per certificate and awarded credit row that it stands for (of the modules it names, or of
-- all, in the assessment period of the completion date it shows), with the register row in force on the credit date.
SELECT c.rid, o.pid, o.oid, o.row_no, k.module_id, o.credited_on,
  r.approval_no, r.title, r.provider, r.category, coalesce(r.mode, 'elearning') AS mode
FROM own_certificate c
JOIN participant_key p USING (participant_id)
JOIN credit_line o ON o.pid = p.pid AND o.status = 'awarded' AND o.period = period_of(c.completed_on)
JOIN owner_key k ON k.oid = o.oid AND k.activity_id = c.activity_id
  AND (c.module_ids IS NULL OR list_contains(string_split(replace(c.module_ids, ' ', ''), ';'), coalesce(k.module_id, '')))
JOIN register_at('line_date') d ON d.oid = o.oid AND d.on_date = o.on_date
JOIN register_row r ON r.oid = d.oid AND r.rank = d.rank
