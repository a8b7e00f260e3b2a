-- one row per participant and activity with a scan: has every entry its exit?
WITH odd AS (
  SELECT pid, oid, at_us, CASE WHEN is_entry THEN 'in' ELSE 'out' END AS direction FROM visit WHERE NOT is_paired
  UNION ALL SELECT pid, oid, at_us, direction FROM own_scan WHERE direction NOT IN ('in', 'out')),
-- Of several scans at one instant in one direction nobody can say which is without its counterpart.
shown AS (SELECT pid, oid, list(rid) AS rids FROM own_scan SEMI JOIN odd USING (pid, oid, at_us, direction) GROUP BY ALL),
counted AS (SELECT pid, oid, min(at_us) AS at_us, count(*) AS n FROM odd GROUP BY ALL)
SELECT CASE WHEN c.n IS NULL THEN 'passed' ELSE 'failed' END AS verdict,
  CASE getvariable('door_missing') WHEN 'hold' THEN 'hold' ELSE 'note' END AS effect,
  'row' AS level, a.pid, a.oid, 1 AS row_no, c.at_us, c.n AS value, 'scans' AS rid_table,
  s.rids
FROM attendee a LEFT JOIN counted c USING (pid, oid) LEFT JOIN shown s USING (pid, oid)
