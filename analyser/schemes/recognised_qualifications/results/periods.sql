-- periods: one row per holder and assessment period: none, as a qualification has none.
SELECT NULL::VARCHAR AS participant_id, NULL::VARCHAR AS period, NULL::BIGINT AS supported, NULL::BOOLEAN AS compliant
WHERE false
