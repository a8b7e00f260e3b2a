-- submission_date: one row per registered module and day on which somebody submitted.
-- kept as a view
SELECT DISTINCT oid, hk_date(at_of(submit_pos)) AS on_date FROM attempt_score
