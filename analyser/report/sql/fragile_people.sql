-- one row per participant with a credit row that another reading of idle time would change
SELECT participant_id, count(*) AS credit_rows
FROM credits
WHERE NOT robust
GROUP BY participant_id
ORDER BY participant_id
