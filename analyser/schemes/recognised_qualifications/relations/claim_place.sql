-- claim_place: one row per claim: where it stands in the results, by industry, class or agency.
SELECT *, coalesce(industry, class, agency) AS activity_id, qualification AS module_id FROM claims
