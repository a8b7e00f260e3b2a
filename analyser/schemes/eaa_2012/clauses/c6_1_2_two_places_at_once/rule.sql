-- one row per visit, or per participant whose visits overlap too often: does it overlap a visit of that participant to another activity?
WITH stay AS (SELECT *, row_number() OVER (PARTITION BY pid ORDER BY start_us, end_us, sess) AS n FROM visit WHERE is_paired),
-- Of two visits in the order of their starts, the later one starts before the earlier one ends.
started AS (SELECT pid, start_us, max(n) AS n FROM stay GROUP BY ALL),
beside AS (SELECT a.*, b.n AS last_n FROM stay a ASOF JOIN started b ON a.pid = b.pid AND a.end_us > b.start_us WHERE b.n > a.n),
-- Thousands of visits at once have millions of pairs: a card of many people, or of a machine.
crowded AS (SELECT pid FROM beside GROUP BY pid HAVING sum(last_n - n) > getvariable('places_most_pairs')),
each_two AS (
  SELECT pid, oid, sess, rid, next_rid, end_us, unnest(generate_series(n + 1, last_n)) AS n FROM beside ANTI JOIN crowded USING (pid)),
pair AS (
  SELECT a.sess, [a.rid, a.next_rid] AS rids, b.sess AS other_sess, [b.rid, b.next_rid] AS other_rids, b.start_us AS from_us, least(a.end_us, b.end_us) AS to_us
  FROM each_two a JOIN stay b USING (pid, n) WHERE b.oid <> a.oid),
clash AS (
  SELECT sess, min(from_us) AS at_us, max(to_us) AS until_us, sum(to_us - from_us) AS common_us, flatten(list(other_rids)) AS rids
  FROM (SELECT * FROM pair UNION ALL BY NAME SELECT * REPLACE (other_sess AS sess, rids AS other_rids) FROM pair) GROUP BY sess)
SELECT CASE WHEN c.sess IS NULL THEN 'passed' ELSE 'failed' END AS verdict, 'session' AS level, s.pid, s.oid, s.sess,
  c.at_us, c.until_us, c.common_us // 1000000 AS value, 'scans' AS rid_table, [s.rid, s.next_rid] || c.rids AS rids, NULL AS why
FROM (FROM stay ANTI JOIN crowded USING (pid)) s LEFT JOIN clash c USING (sess)
UNION ALL BY NAME
SELECT 'not_assessable' AS verdict, 'participant' AS level, pid, 'so many visits overlap that they were not compared two by two' AS why
FROM crowded
