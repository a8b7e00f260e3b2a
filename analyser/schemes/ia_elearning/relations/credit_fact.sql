-- credit_fact: one row per row of the credits table, with its register row and assessment period.
SELECT c.*, coalesce(m.rid, a.submit_rid, c.first_rid) AS credit_rid, k.activity_id, k.module_id, k.is_registered, k.is_activity_registered,
  d.is_approved, r.category, r.delivery, r.approved_minutes AS stated_minutes, r.minimum_minutes,
  r.approval_no, r.approved_from, r.approved_to,
  CASE WHEN c.credit_pos IS NOT NULL THEN period_of(hk_date(at_of(c.credit_pos))) END AS period
FROM credit_case c
JOIN owner_key k USING (oid)
LEFT JOIN completion m ON m.pid = c.pid AND m.oid = c.oid AND m.pos = c.credit_pos
LEFT JOIN attempt a ON a.pid = c.pid AND a.oid = c.oid AND a.submit_pos = c.credit_pos
LEFT JOIN register_at('case_date') d ON d.oid = c.oid AND d.on_date = c.on_date
LEFT JOIN register_row r ON r.oid = d.oid AND r.rank = d.rank
