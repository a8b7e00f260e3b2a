-- periods: one row per participant and year in which something was completed.
SELECT participant_id, period, sum(credits)::BIGINT AS credits, NULL::BOOLEAN AS compliant
FROM credits WHERE period IS NOT NULL GROUP BY ALL ORDER BY ALL
