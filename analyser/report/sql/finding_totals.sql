-- one row per clause, code and tier: how often, of how many participants
SELECT
    clause, code, tier, severity,
    count(*) AS findings,
    count(DISTINCT participant_id) AS participants,
    arg_min(message, finding_id) AS message,
    arg_min(message_zh, finding_id) AS message_zh,
    min(benign) AS benign
FROM findings
GROUP BY clause, code, tier, severity
ORDER BY
    CASE tier WHEN 'breach' THEN 0 WHEN 'indicator' THEN 1 ELSE 2 END,
    list_transform(string_split(coalesce(clause, ''), '.'), lambda part: lpad(part, 8, '0')), code, severity
