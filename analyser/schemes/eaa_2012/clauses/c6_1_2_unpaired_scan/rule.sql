-- one row per participant and activity with a scan: has every entry its exit?
WITH odd AS (
  SELECT pid, oid, at_us, rid FROM visit WHERE NOT is_paired
  UNION ALL SELECT pid, oid, at_us, rid FROM own_scan WHERE direction NOT IN ('in', 'out')),
counted AS (
  SELECT pid, oid, min(at_us) AS at_us, count(*) AS n, list(rid ORDER BY at_us, rid) AS rids FROM odd GROUP BY ALL)
SELECT CASE WHEN c.n IS NULL THEN 'passed' ELSE 'failed' END AS verdict,
  CASE getvariable('door_missing') WHEN 'hold' THEN 'hold' ELSE 'note' END AS effect,
  'row' AS level, a.pid, a.oid, 1 AS row_no, c.at_us, c.n AS value, 'scans' AS rid_table,
  coalesce(c.rids, [a.first_rid]) AS rids
FROM attendee a LEFT JOIN counted c USING (pid, oid)
