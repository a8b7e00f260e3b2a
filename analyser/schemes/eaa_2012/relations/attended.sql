-- attended: one row per participant and activity with a scan: contact time they were there for, by the
-- paired scans alone (lower) and with the longest stay an unpaired one can stand for (upper).
SELECT a.pid, a.oid,
  coalesce(sum(least(v.end_us, p.end_us) - greatest(v.start_us, p.start_us)) FILTER (v.is_paired), 0)::BIGINT AS lower_us,
  coalesce(sum(least(v.end_us, p.end_us, getvariable('as_of_end_us')) - greatest(v.start_us, p.start_us)), 0)::BIGINT AS upper_us
FROM attendee a
LEFT JOIN (
  visit v JOIN timetable_piece p ON p.oid = v.oid AND p.start_us < v.end_us AND v.start_us < p.end_us
    AND p.kind = 'contact' AND NOT p.is_lost AND greatest(v.start_us, p.start_us) < getvariable('as_of_end_us'))
  ON v.pid = a.pid AND v.oid = a.oid
GROUP BY a.pid, a.oid
