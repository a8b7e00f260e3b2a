-- one row per source file
SELECT * FROM ingest ORDER BY file, sha256
