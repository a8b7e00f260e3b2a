-- one row per participant to show: those with something to decide first
SELECT
    p.participant_id,
    CAST(sum(p.breaches) AS BIGINT) AS breaches,
    CAST(sum(p.held) AS BIGINT) AS held,
    CAST(sum(p.not_earned) AS BIGINT) AS not_earned
FROM (
    SELECT
        participant_id, 0 AS breaches,
        count(*) FILTER (WHERE status = 'held') AS held,
        count(*) FILTER (WHERE status = 'not_earned') AS not_earned
    FROM credits GROUP BY participant_id
    UNION ALL
    SELECT participant_id, count(*) FILTER (WHERE tier = 'breach'), 0, 0
    FROM findings WHERE participant_id IS NOT NULL GROUP BY participant_id
    UNION ALL
    SELECT DISTINCT participant_id, 0, 0, 0 FROM intervals
) AS p
GROUP BY p.participant_id
ORDER BY sum(p.breaches) + sum(p.held) + sum(p.not_earned) = 0, p.participant_id
LIMIT ?
