-- one file: a result table, sorted, exactly as it is
COPY (SELECT $columns FROM $relation ORDER BY $order)
TO $file (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)
