-- one row per awarded credit row, where certificates were handed over: is there a certificate for it?
WITH issued AS (
  SELECT DISTINCT p.pid, k.oid, period_of(c.completed_on) AS period, c.completed_on
  FROM own_certificate c JOIN participant_key p USING (participant_id) JOIN owner_key k ON k.activity_id = c.activity_id
    AND (c.module_ids IS NULL OR list_contains(string_split(replace(c.module_ids, ' ', ''), ';'), coalesce(k.module_id, ''))))
SELECT CASE WHEN bool_or(i.pid IS NOT NULL) THEN 'passed' ELSE 'failed' END AS verdict, 'certificate' AS level, o.pid, o.oid,
  any_value(o.credited_minutes)::DECIMAL(18,3) / 60 AS value, any_value(o.credited_us) AS at_us, [any_value(o.credit_rid)] AS rids
FROM credit_line o LEFT JOIN issued i ON i.pid = o.pid AND i.oid = o.oid AND (coalesce(i.period, o.period) = o.period
  -- Dated by one half of the completion, it is a certificate for this row, though of another period.
  OR i.completed_on = o.content_on OR i.completed_on = o.passed_on)
WHERE o.status = 'awarded'
GROUP BY o.pid, o.oid, o.row_no
