-- participant_key: one row per participant with a scan; numbers follow the order of the ids.
SELECT participant_id, row_number() OVER (ORDER BY participant_id)::INTEGER AS pid
FROM (SELECT DISTINCT participant_id FROM scans)
