-- source_line: one row per row of input that some finding or interval rests on: its file and line.
-- across participants
-- reads found
WITH wanted AS (
  SELECT rid_table AS table_name, unnest(rids) AS rid FROM found
  UNION SELECT table_name, rid FROM interval_evidence),
run AS (
  SELECT s.table_name, s.first_rid + l.row_no AS from_rid, s.file, l.shift - s.first_rid AS shift
  FROM line_shift l JOIN source_file s USING (file_id) WHERE s.row_count > 0)
SELECT w.table_name, w.rid, r.file || ':' || (w.rid + r.shift) AS source
FROM wanted w ASOF JOIN run r ON r.table_name = w.table_name AND w.rid >= r.from_rid
