-- one row per registered module with learning time: does any of its assessment time stand in the
-- active time? The sweep makes this impossible; the rule proves it on this very case.
-- across participants
SELECT CASE WHEN bool_or(is_counted_twice) THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, oid, sum(assessment_us)::BIGINT // 1000000 AS value
FROM posted_time GROUP BY oid
