-- interval_evidence: one row per scan that an interval rests on.
SELECT 'scans' AS table_name, unnest([rid, next_rid]) AS rid FROM visit WHERE is_paired
