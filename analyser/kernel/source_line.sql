-- source_line: one row per row of input that some finding or interval rests on: its file and line.
-- reads found
WITH wanted AS (
  SELECT rid_table AS table_name, unnest(rids) AS rid FROM found
  UNION SELECT table_name, rid FROM interval_evidence)
SELECT w.table_name, w.rid, f.file || ':' || (w.rid - f.first_rid + l.shift) AS source
FROM wanted w
ASOF JOIN (FROM source_file WHERE row_count > 0) f ON f.table_name = w.table_name AND w.rid >= f.first_rid
ASOF JOIN (SELECT s.table_name, s.first_rid + l.row_no AS from_rid, l.shift
  FROM line_shift l JOIN source_file s USING (file_id) WHERE s.row_count > 0) l
  ON l.table_name = w.table_name AND w.rid >= l.from_rid
