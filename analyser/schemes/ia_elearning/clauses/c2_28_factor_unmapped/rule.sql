-- one row per method of identity check in the export: is it of a recognised class?
-- across participants
SELECT CASE WHEN class IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level,
  sum(n)::BIGINT AS value, factor AS what, [min(rid)] AS rids
FROM passed_factor GROUP BY factor, class
