-- boundary: one row per participant and instant at which a state can begin or end: the first event
-- there by its file and line, for the evidence of intervals.
WITH instant AS (
  SELECT pid, at_of(pos) AS at_us, rid FROM attention
  UNION ALL SELECT pid, at_of(next_pos), next_rid FROM attention WHERE next_pos IS NOT NULL
  UNION ALL SELECT pid, start_us, rid FROM clip
  UNION ALL SELECT pid, at_of(begin_pos), begin_rid FROM attempt
  UNION ALL SELECT pid, at_of(end_pos), end_rid FROM attempt
  UNION ALL SELECT pid, end_us, rid FROM idle_record
  UNION ALL
  SELECT s.pid, at_of(s.pos), s.rid FROM seated s JOIN session n
    ON n.sess = s.sess AND (s.pos = n.start_pos OR s.pos = n.end_pos)
  WHERE s.pid IN (SELECT pid FROM filler)),
first_event AS (SELECT pid, at_us, min(rid) AS rid FROM instant GROUP BY pid, at_us)
SELECT f.pid, f.at_us, r.file_id, f.rid + r.shift AS line
FROM first_event f ASOF LEFT JOIN (FROM source_run WHERE table_name = 'events') r ON f.rid >= r.from_rid
