-- source_run: one row per run of rows of one file whose lines follow each other: the line of a row is its number
-- plus `shift`.
-- kept as a view
SELECT s.table_name, s.file_id, s.file, s.first_rid + l.row_no AS from_rid, l.shift - s.first_rid AS shift
FROM line_shift l JOIN source_file s USING (file_id) WHERE s.row_count > 0
