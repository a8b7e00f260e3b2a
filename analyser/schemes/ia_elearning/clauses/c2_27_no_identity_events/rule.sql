-- one row per case: does the export hold any identity check at all?
SELECT CASE WHEN count(*) = 0 THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level
FROM dated_event WHERE kind = 'verify'
