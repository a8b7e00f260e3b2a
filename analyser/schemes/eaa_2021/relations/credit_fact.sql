-- credit_fact: one row per credit row, with its approval and what was watched.
SELECT c.*, k.activity_id, k.module_id, d.is_approved, r.points AS approved_points, r.category, w.watched_us, w.video_us,
  CASE WHEN c.credit_pos IS NOT NULL THEN period_of(hk_date(at_of(c.credit_pos))) END AS period
FROM credit_case c JOIN owner_key k USING (oid)
JOIN register_at('case_date') d ON d.oid = c.oid AND d.on_date = c.on_date
JOIN register_row r ON r.oid = d.oid AND r.rank = d.rank
JOIN watched w ON w.pid = c.pid AND w.oid = c.oid AND w.attempt_id IS NOT DISTINCT FROM c.passing_attempt_id
