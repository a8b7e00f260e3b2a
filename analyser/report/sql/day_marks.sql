-- one row per mark of the chosen participants: Hong Kong day and second of the day
SELECT
    participant_id, left("at", 10) AS day, kind, coalesce(outcome, '') AS outcome,
    CAST(epoch(CAST(left("at", -6) AS TIMESTAMP) - CAST(left("at", 10) AS TIMESTAMP)) AS BIGINT) AS second
FROM mark
WHERE participant_id IN (SELECT unnest(CAST(? AS VARCHAR[])))
ORDER BY participant_id, "at", kind, outcome
