-- one row per registered activity: how many of its credit rows came how far, and the minutes issued
SELECT
    activity_id,
    count(DISTINCT participant_id) AS participants,
    count(*) AS started,
    count(completed_at) AS completed,
    count(*) FILTER (WHERE attempts > 0) AS sat,
    count(passed_at) AS passed,
    count(*) FILTER (WHERE passed_at IS NOT NULL AND attempts = 1) AS passed_at_once,
    CAST(coalesce(sum(credited_minutes) FILTER (WHERE status = 'awarded'), 0) AS BIGINT) AS awarded,
    CAST(coalesce(sum(credited_minutes) FILTER (WHERE status = 'held'), 0) AS BIGINT) AS held
FROM credits
WHERE stated_minutes IS NOT NULL
GROUP BY activity_id
ORDER BY activity_id
