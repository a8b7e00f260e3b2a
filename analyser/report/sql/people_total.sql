-- one row: how many participants the results speak of
SELECT count(*) AS participants
FROM (
    SELECT participant_id FROM credits
    UNION SELECT participant_id FROM findings WHERE participant_id IS NOT NULL
    UNION SELECT participant_id FROM intervals
)
