-- coverage: one row per rule: how far it could be checked.
-- across participants
-- reads found
SELECT c.clause, c.code, c.subject, coalesce(sum(a.n), 0)::BIGINT AS subjects,
  coalesce(sum(a.n) FILTER (a.verdict = 'passed'), 0)::BIGINT AS passed,
  coalesce(sum(a.n) FILTER (a.verdict = 'failed'), 0)::BIGINT AS failed,
  coalesce(sum(a.n) FILTER (a.verdict = 'not_assessable'), 0)::BIGINT AS not_assessable,
  string_agg(DISTINCT a.why, '; ' ORDER BY a.why) AS why
FROM finding_card c LEFT JOIN rule_answer a USING (code)
GROUP BY c.clause, c.code, c.subject ORDER BY ALL
