-- credits: one row per claim: whether the lists support it.
-- reads found
WITH effect AS (
  SELECT pid, oid, row_no, bool_or(effect = 'not_earned') AS is_barred, bool_or(effect = 'hold') AS is_held
  FROM found WHERE row_no IS NOT NULL GROUP BY ALL),
near AS (
  SELECT rid, string_agg(suggestion, '; ' ORDER BY list) AS did_you_mean FROM near_name GROUP BY rid)
SELECT c.holder AS participant_id, c.activity_id, c.module_id, NULL::VARCHAR AS period, c.kind AS category,
  CASE WHEN e.is_barred THEN 'not_earned' WHEN e.is_held THEN 'held' ELSE 'awarded' END AS status,
  CASE WHEN e.is_barred OR e.is_held THEN 0 ELSE 1 END AS supported, 1 AS claimed,
  c.agency, c.class, c.level, c.award_date::VARCHAR AS award_date, n.did_you_mean,
  NULL::VARCHAR AS started_at, NULL::VARCHAR AS completed_at, NULL::VARCHAR AS credited_at,
  NULL::BIGINT AS active_s, NULL::BIGINT AS active_lower_s, NULL::BIGINT AS active_upper_s,
  true AS robust, coalesce(r.codes, '') AS codes
FROM claim c
LEFT JOIN effect e USING (pid, oid, row_no)
LEFT JOIN row_code r USING (pid, oid, row_no)
LEFT JOIN near n USING (rid)
ORDER BY c.holder, c.activity_id, c.module_id, c.row_no
