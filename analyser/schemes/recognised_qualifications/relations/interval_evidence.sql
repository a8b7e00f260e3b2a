-- interval_evidence: one row per row of input that an interval rests on: none, as claims have no time.
SELECT 'claims' AS table_name, 0::BIGINT AS rid WHERE false
