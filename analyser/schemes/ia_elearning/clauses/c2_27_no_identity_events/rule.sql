-- one row per case: does the export hold any identity check at all?
-- across participants
SELECT CASE WHEN count(*) = 0 THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level
FROM seen_kind WHERE kind = 'verify'
