-- one row per file, column and reason: how many rows were rejected for it, and the first line
SELECT file, "column", reason, count(*) AS rejected, min(line) AS first_line
FROM rejects
GROUP BY file, "column", reason
ORDER BY rejected DESC, file, "column" NULLS FIRST, reason
LIMIT 40
