-- one row per view of a page
WITH opened AS (SELECT *, min(at_us) OVER (PARTITION BY view) AS start_us FROM {acts}),
kept AS (FROM opened WHERE at_us - start_us <= $late_s * 1000000::BIGINT),
total AS (
  SELECT view, count(DISTINCT at_us // ($heartbeat_s * 1000000::BIGINT)) FILTER (is_heartbeat) AS beats,
    max(at_us) - min(at_us) AS length_us
  FROM kept GROUP BY ALL)
SELECT view, CASE WHEN beats = 0 THEN 0 ELSE $heartbeat_s * (beats - 1) + $visit_s END AS engaged_s,
  length_us // 1000000 AS length_s
FROM total ORDER BY ALL
