-- one file: a sorted result table for people and spreadsheets (scans keep the order of the file)
COPY (SELECT $columns FROM read_parquet($source))
TO $file (FORMAT csv, HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"')
