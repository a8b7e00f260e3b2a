-- every_rule_is_covered: one row per rule without its line of coverage, or whose subjects do not add up.
SELECT c.code FROM finding_card c LEFT JOIN coverage v USING (code)
WHERE v.subjects IS DISTINCT FROM v.passed + v.failed + v.not_assessable OR v.code IS NULL
