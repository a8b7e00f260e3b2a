-- application: one row per application for assessment: whether it still is one for re-assessment, the contact
-- hours (begun hours count whole) and the fee.
WITH asked AS (
  SELECT s.activity_id, s.submitted_on, s.rid, max(a.approved_to) FILTER (a.approved_from IS NULL OR a.approved_from <= s.submitted_on) AS expiry_on
  FROM submissions s JOIN activities a USING (activity_id)
  WHERE s.kind = 'application' AND a.mode IN ('lecture', 'multi_session') GROUP BY ALL),
judged AS (
  SELECT q.*, coalesce(q.submitted_on <= q.expiry_on + to_months(getvariable('renewal_months')::INTEGER), false) AS is_renewal,
    (coalesce(f.contact_minutes, f.contact_us // 60000000) + 60 - 1) // 60 AS hours
  FROM asked q JOIN owner_key k USING (activity_id) JOIN activity_fact f USING (oid)),
band AS (SELECT name = 'fee.renewal' AS is_renewal, key::BIGINT AS hours, value::BIGINT AS fee
  FROM policy_map WHERE name IN ('fee.new', 'fee.renewal')),
top AS (SELECT is_renewal, max(hours) AS hours, arg_max(fee, hours) AS fee FROM band GROUP BY ALL)
SELECT j.*, coalesce(
  (SELECT arg_min(b.fee, b.hours) FROM band b WHERE b.is_renewal = j.is_renewal AND b.hours >= j.hours),
  t.fee + (j.hours - t.hours + getvariable('fee_block_hours') - 1) // getvariable('fee_block_hours')
    * CASE WHEN j.is_renewal THEN getvariable('fee_renewal_block') ELSE getvariable('fee_new_block') END) AS fee
FROM judged j JOIN top t USING (is_renewal)
