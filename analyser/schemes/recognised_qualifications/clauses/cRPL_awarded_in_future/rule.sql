-- one row per claim with an award date: is it past?
SELECT CASE WHEN c.award_date > getvariable('as_of') THEN 'failed' ELSE 'passed' END AS verdict, 'row' AS level, c.pid, c.oid, c.row_no, 'claims' AS rid_table, [c.rid] AS rids,
  midnight_us(c.award_date) AS at_us
FROM claim c WHERE c.award_date IS NOT NULL
