-- term: one row per claim and term of its agency: for the industry, or for professional qualifications.
SELECT c.rid, t.appointed_from::DATE AS appointed_from, t.appointed_to::DATE AS appointed_to
FROM claim c JOIN appointment t
  ON t.agency_id = c.agency_id AND t.mechanism = c.kind
  AND (c.kind = 'professional' OR t.industry_id = c.industry_id)
