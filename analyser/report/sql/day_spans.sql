-- one row per participant, Hong Kong day and lane: spans to draw, in seconds of the day
-- (gaps of up to $gap seconds are too small to see and are closed; the total is exact)
WITH span AS (
    SELECT
        participant_id, state,
        CAST(left(start_at, -6) AS TIMESTAMP) AS start_at,
        CAST(left(end_at, -6) AS TIMESTAMP) AS end_at
    FROM intervals
    WHERE participant_id IN (SELECT unnest(CAST(? AS VARCHAR[])))
),
piece AS (
    SELECT
        participant_id, state, day,
        greatest(start_at, day) - day AS start_in, least(end_at, day + INTERVAL 1 DAY) - day AS end_in
    FROM (
        SELECT
            *,
            unnest(generate_series(
                date_trunc('day', start_at), end_at - INTERVAL 1 MICROSECOND, INTERVAL 1 DAY
            )) AS day
        FROM span
    )
),
lane AS (
    SELECT participant_id, day, state AS lane, epoch_us(start_in) AS a, epoch_us(end_in) AS b FROM piece
    UNION ALL
    SELECT participant_id, day, 'session', epoch_us(start_in), epoch_us(end_in) FROM piece
),
marked AS (
    SELECT
        *,
        coalesce(a > max(b) OVER (before ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            + $gap * 1000000, TRUE) AS is_new
    FROM lane
    WINDOW before AS (PARTITION BY participant_id, day, lane ORDER BY a, b)
),
island AS (
    SELECT
        participant_id, day, lane, min(a) AS a, max(b) AS b, sum(b - a) AS exact_us
    FROM (
        SELECT *, count(CASE WHEN is_new THEN 1 END) OVER (
            PARTITION BY participant_id, day, lane ORDER BY a, b ROWS UNBOUNDED PRECEDING
        ) AS number
        FROM marked
    )
    GROUP BY participant_id, day, lane, number
)
SELECT
    participant_id, strftime(day, '%Y-%m-%d') AS day, lane,
    CAST(sum(exact_us) // 1000000 AS BIGINT) AS total_s,
    list([a // 1000000, b // 1000000] ORDER BY a) AS spans
FROM island
GROUP BY participant_id, day, lane
ORDER BY participant_id, day, lane
