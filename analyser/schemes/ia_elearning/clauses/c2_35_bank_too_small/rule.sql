-- one row per registered module: does its bank hold enough questions for its paper?
-- across participants
WITH paper AS (SELECT oid, max(paper_size) AS paper_size, min(rid) AS rid FROM register_row GROUP BY oid),
bank AS (SELECT oid, count(DISTINCT wording) AS question_count, min(rid) AS rid FROM question_bank GROUP BY oid)
SELECT CASE WHEN p.paper_size IS NULL OR b.oid IS NULL THEN 'not_assessable'
    WHEN b.question_count >= p.paper_size * getvariable('bank_times') THEN 'passed' ELSE 'failed' END AS verdict,
  'register' AS level, p.oid, b.question_count AS value, p.paper_size * getvariable('bank_times') AS limit_value,
  CASE WHEN b.oid IS NULL THEN 'activities' ELSE 'questions' END AS rid_table, [coalesce(b.rid, p.rid)] AS rids,
  CASE WHEN p.paper_size IS NULL THEN 'the register shows no size of the paper' ELSE 'the bank of the module was not handed over' END AS why
FROM paper p LEFT JOIN bank b USING (oid) WHERE EXISTS (FROM questions)
