-- one row per mark of the chosen participants: Hong Kong day and second of the day
SELECT
    participant_id, strftime(at_hk, '%Y-%m-%d') AS day, kind, coalesce(outcome, '') AS outcome,
    CAST(epoch(at_hk - date_trunc('day', at_hk)) AS BIGINT) AS second
FROM (
    SELECT participant_id, at_us, kind, outcome, make_timestamp(at_us) + INTERVAL 8 HOUR AS at_hk FROM mark
    WHERE participant_id IN (SELECT unnest(CAST(? AS VARCHAR[])))
)
ORDER BY participant_id, at_us, kind, outcome
