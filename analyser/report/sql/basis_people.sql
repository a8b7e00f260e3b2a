-- one row per participant whose minutes depend on the choice of the time basis
SELECT
    participant_id,
    count(*) AS credit_rows,
    CAST(sum(evidenced_minutes) AS BIGINT) AS evidenced,
    CAST(sum(completion_minutes) AS BIGINT) AS completion,
    CAST(sum(floor_minutes) AS BIGINT) AS floor
FROM ($basis_row)
WHERE evidenced_minutes <> completion_minutes OR floor_minutes <> completion_minutes
GROUP BY participant_id
ORDER BY participant_id
