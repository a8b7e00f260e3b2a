-- coverage: one row per rule: how far it could be checked.
-- reads found
SELECT clause, code, subject, subjects, passed, failed, not_assessable, why FROM rule_coverage ORDER BY ALL
