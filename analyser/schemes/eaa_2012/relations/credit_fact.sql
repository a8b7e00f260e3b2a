-- credit_fact: one row per participant and activity with a scan: what is asked and what was attended.
SELECT a.*, 1 AS row_no, NULL::BIGINT AS row_begin_pos, NULL::BIGINT AS credit_pos, k.activity_id, k.module_id, k.is_registered,
  f.* EXCLUDE (oid, contact_us, rids), f.rids AS register_rids, coalesce(t.contact_us, 0) AS contact_us, t.delivered_us,
  t.start_us AS opens_us, t.end_us AS ends_us, coalesce(t.contact_us, 0) > 0 AS has_timetable,
  coalesce(t.is_complete, false) AS is_complete, w.lower_us, w.upper_us,
  CASE WHEN t.is_complete AND t.contact_us > 0 AND k.is_registered THEN period_of(t.last_on) END AS period
FROM attendee a
JOIN owner_key k USING (oid)
LEFT JOIN activity_fact f USING (oid)
LEFT JOIN activity_time t USING (oid)
JOIN attended w USING (pid, oid)
