-- participant_key: one row per holder; numbers follow the order of the names.
SELECT holder AS participant_id, row_number() OVER (ORDER BY holder)::INTEGER AS pid
FROM (SELECT DISTINCT holder FROM claims)
