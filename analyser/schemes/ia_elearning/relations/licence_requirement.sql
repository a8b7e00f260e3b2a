-- licence_requirement: one row per type of licence: minutes that an assessment period asks for.
-- kept as a view
SELECT 'individual' AS licence_type, getvariable('requirement_individual_minutes') AS required_minutes,
  getvariable('requirement_individual_er_minutes') AS required_er_minutes
UNION ALL
SELECT 'travel', getvariable('requirement_travel_minutes'), getvariable('requirement_travel_er_minutes')
