-- one row per visit: does it overlap a visit of that participant to another activity?
WITH stay AS (FROM visit WHERE is_paired),
clash AS (
  SELECT a.sess, min(greatest(a.start_us, b.start_us)) AS at_us, max(least(a.end_us, b.end_us)) AS until_us,
    sum(least(a.end_us, b.end_us) - greatest(a.start_us, b.start_us)) AS common_us, list(b.rid ORDER BY b.rid) AS rids
  FROM stay a JOIN stay b ON a.pid = b.pid AND a.oid <> b.oid AND a.start_us < b.end_us AND b.start_us < a.end_us
  GROUP BY a.sess)
SELECT CASE WHEN c.sess IS NULL THEN 'passed' ELSE 'failed' END AS verdict, 'session' AS level, s.pid, s.oid, s.sess,
  c.at_us, c.until_us, c.common_us // 1000000 AS value, 'scans' AS rid_table, [s.rid, s.next_rid] || c.rids AS rids
FROM stay s LEFT JOIN clash c USING (sess)
