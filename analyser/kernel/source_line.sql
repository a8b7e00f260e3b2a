-- source_line: one row per row of input that some finding rests on: its file and line.
-- across participants
-- reads found
WITH wanted AS (
  SELECT rid_table AS table_name, unnest(rids) AS rid FROM found
  UNION
  SELECT texts['beside_table'], unnest(string_split(texts['beside'], ';'))::BIGINT FROM found WHERE texts['beside'] IS NOT NULL)
SELECT w.table_name, w.rid, r.file || ':' || (w.rid + r.shift) AS source
FROM wanted w ASOF JOIN source_run r ON r.table_name = w.table_name AND w.rid >= r.from_rid
