-- ingest: one row per source file.
SELECT file, sha256, bytes, format, rows_read::BIGINT AS rows_read, rows_stored::BIGINT AS rows_stored,
  rows_duplicate::BIGINT AS rows_duplicate, rows_rejected::BIGINT AS rows_rejected,
  iso(first_us) AS first_at, iso(last_us) AS last_at,
  CASE WHEN naive_count > 0 THEN 'Asia/Hong_Kong assumed, rows: ' || naive_count
    WHEN first_us IS NOT NULL OR table_name = 'events' THEN 'as written' END AS time_zone
FROM ingest_ledger ORDER BY file
