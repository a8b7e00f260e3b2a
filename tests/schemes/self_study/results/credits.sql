-- credits: one row per participant and registered module they have an event in.
-- reads found
WITH short AS (SELECT DISTINCT pid, oid FROM found WHERE effect = 'not_earned')
SELECT p.participant_id, f.activity_id, f.module_id, period_of(hk_date(at_of(f.credit_pos))) AS period, NULL::VARCHAR AS category,
  CASE WHEN f.credit_pos IS NULL THEN 'in_progress' WHEN s.pid IS NULL THEN 'awarded' ELSE 'not_earned' END AS status,
  CASE WHEN f.credit_pos IS NOT NULL AND s.pid IS NULL THEN f.approved_credits ELSE 0 END AS credits,
  f.approved_credits, f.active_us // 1000000 AS active_s, iso(at_of(f.first_pos)) AS started_at,
  iso(at_of(f.credit_pos)) AS completed_at, iso(at_of(f.credit_pos)) AS credited_at, true AS robust,
  coalesce(c.codes, '') AS codes, NULL::BIGINT AS active_lower_s, NULL::BIGINT AS active_upper_s
FROM credit_fact f JOIN participant_key p USING (pid)
LEFT JOIN short s USING (pid, oid) LEFT JOIN row_code c USING (pid, oid, row_no)
ORDER BY ALL
