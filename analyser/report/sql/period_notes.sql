-- one row per chosen participant and day on which a finding of one code ends
SELECT participant_id, "until" FROM findings
WHERE code = ? AND "until" IS NOT NULL AND participant_id IN (SELECT unnest(CAST(? AS VARCHAR[])))
ORDER BY ALL
