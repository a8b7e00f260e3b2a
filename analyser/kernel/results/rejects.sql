-- rejects: one row per row that could not be used.
SELECT f.file, r.line, r."column", r.reason, r.raw
FROM reject r JOIN source_file f USING (file_id) ORDER BY ALL
