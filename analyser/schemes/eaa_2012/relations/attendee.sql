-- attendee: one row per participant and activity with a scan: the first and the last.
SELECT pid, oid, min(at_us) AS first_us, max(at_us) AS last_us, arg_min(rid, (at_us, rid)) AS first_rid,
  count(*) AS scans
FROM own_scan GROUP BY ALL
