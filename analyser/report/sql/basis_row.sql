-- one row per credit row with a credit date which nothing but the measure of time refuses
-- (credit of an earlier row that only time refused may make a later one a repeat: not redone here)
SELECT
    c.participant_id, c.activity_id, c.module_id, c.status = 'held' AS is_held,
    c.evidenced_minutes, c.completion_minutes, c.floor_minutes
FROM credits AS c
WHERE
    c.credited_at IS NOT NULL
    AND c.completion_minutes IS NOT NULL
    AND (
        c.status IN ('awarded', 'held')
        OR c.status = 'not_earned' AND NOT EXISTS (
            SELECT 1
            FROM (SELECT unnest(string_split(c.codes, ';')) AS code) AS mine
            INNER JOIN (SELECT DISTINCT code FROM findings WHERE severity = 'not_earned') AS f
                ON mine.code = f.code
            WHERE mine.code NOT IN ('NO_UNIT_EVIDENCED', 'RETAKE_LIMIT')
        )
    )
