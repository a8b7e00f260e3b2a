-- one row per method of identity check in the export: is it of a recognised class?
SELECT CASE WHEN f.class IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level,
  count(*) AS value, [min(c.rid)] AS rids
FROM check_event c LEFT JOIN factor_class f USING (factor)
WHERE c.outcome = 'pass' AND c.factor IS DISTINCT FROM 'supervised' GROUP BY c.factor, f.class
