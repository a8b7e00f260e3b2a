-- interval_evidence: one row per row of input that an interval rests on.
SELECT 'events' AS table_name, rid FROM boundary
