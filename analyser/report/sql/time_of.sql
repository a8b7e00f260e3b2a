-- one row per interval of a credit row, in time order
SELECT
    start_at, end_at, state, evidence,
    CAST(epoch_us(CAST(left(end_at, -6) AS TIMESTAMP) - CAST(left(start_at, -6) AS TIMESTAMP)) AS BIGINT)
        AS length_us
FROM intervals
WHERE
    participant_id = ? AND activity_id = ? AND module_id IS NOT DISTINCT FROM CAST(? AS VARCHAR)
    AND state IN ('learning', 'media', 'idle', 'assessment')
    AND end_at > coalesce(CAST(? AS VARCHAR), '') AND start_at < CAST(? AS VARCHAR)
ORDER BY start_at
