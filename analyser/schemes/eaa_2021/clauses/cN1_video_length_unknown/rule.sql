-- one row per credit row: is the length of its videos known?
SELECT CASE WHEN video_us IS NULL THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, pid, oid, row_no, [first_rid] AS rids
FROM credit_fact
