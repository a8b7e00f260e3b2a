-- claim: one row per claim, with what its names stand for in the lists (null: in no list).
WITH named AS (
  SELECT c.*, p.pid, k.oid, a.id AS agency_id, t.id AS class_id,
    coalesce(i.id, CASE WHEN c.industry IS NULL AND c.class IS NOT NULL THEN 'automotive' END) AS industry_id,
    lower(trim(c.mechanism)) AS said_mechanism
  FROM claim_place c
  JOIN participant_key p ON p.participant_id = c.holder
  JOIN owner_key k ON k.activity_id = c.activity_id AND k.module_id = c.module_id
  LEFT JOIN reference_name a ON a.list = 'agency' AND a.folded = name_fold(c.agency)
  LEFT JOIN reference_name i ON i.list = 'industry' AND i.folded = name_fold(c.industry)
  LEFT JOIN reference_name t ON t.list = 'class' AND t.folded = name_fold(c.class))
SELECT n.* EXCLUDE (said_mechanism), q.id AS qualification_id,
  CASE WHEN said_mechanism IN ('rpl', 'professional') THEN said_mechanism
    WHEN industry IS NULL AND class IS NULL
      AND agency_id IN (SELECT agency_id FROM appointment WHERE mechanism = 'professional') THEN 'professional'
    ELSE 'rpl' END AS kind,
  row_number() OVER (PARTITION BY pid, oid ORDER BY award_date, agency, class, level, n.mechanism, rid)::INTEGER AS row_no
FROM named n
LEFT JOIN reference_name q ON q.list = 'qualification' AND q.folded = name_fold(n.qualification)
  AND q.industry_id = n.industry_id
