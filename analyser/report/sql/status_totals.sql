-- one row per status: credit rows, minutes and how many rows are robust
SELECT
    status,
    count(*) AS credit_rows,
    count(DISTINCT participant_id) AS participants,
    CAST(coalesce(sum($credit), 0) AS BIGINT) AS minutes,
    count(*) FILTER (WHERE robust) AS robust_rows,
    count(*) FILTER (WHERE NOT robust) AS fragile_rows
FROM credits
GROUP BY status
ORDER BY list_position(['awarded', 'held', 'not_earned', 'in_progress'], status) NULLS LAST, status
