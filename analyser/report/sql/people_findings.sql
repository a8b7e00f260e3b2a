-- one row per finding of the chosen participants, at most $limit of one code each
SELECT * FROM findings
WHERE participant_id IN (SELECT unnest(CAST(? AS VARCHAR[])))
QUALIFY row_number() OVER (
    PARTITION BY participant_id, activity_id, module_id, code ORDER BY "at" NULLS FIRST, finding_id
) <= $limit
ORDER BY participant_id, activity_id NULLS FIRST, module_id NULLS FIRST, "at" NULLS FIRST, finding_id
