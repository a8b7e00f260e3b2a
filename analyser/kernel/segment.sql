-- segment: one row per piece of time in which nothing changes, per participant and owner: the
-- session, the credit row it counts for (0: none), and what covers it. Every second of presence
-- lies in exactly one.
WITH piece AS (
  SELECT pid, oid, start_us, end_us, sess, 0 AS row_no, 0 AS lower, 0 AS likely, 0 AS upper, 0 AS test, 0 AS media
  FROM learned_run
  UNION ALL BY NAME SELECT pid, oid, start_us, end_us, sess FROM filler
  UNION ALL BY NAME SELECT pid, oid, idle_lower_us AS start_us, end_us, 1 AS lower FROM gap WHERE idle_lower_us IS NOT NULL
  UNION ALL BY NAME SELECT pid, oid, idle_likely_us AS start_us, end_us, 1 AS likely FROM gap WHERE idle_likely_us IS NOT NULL
  UNION ALL BY NAME SELECT pid, oid, idle_upper_us AS start_us, end_us, 1 AS upper FROM gap WHERE idle_upper_us IS NOT NULL
  UNION ALL BY NAME SELECT pid, oid, start_us, end_us, 1 AS lower, 1 AS likely, 1 AS upper FROM idle_record
  UNION ALL BY NAME SELECT pid, oid, at_of(begin_pos) AS start_us, at_of(end_pos) AS end_us, 1 AS test FROM attempt
  UNION ALL BY NAME SELECT pid, oid, start_us, end_us, 1 AS media FROM clip WHERE oid > 0
  UNION ALL BY NAME SELECT pid, oid, start_us, end_us, row_no FROM row_window),
point AS (
  SELECT pid, oid, start_us AS at_us, COLUMNS(* EXCLUDE (pid, oid, start_us, end_us)) FROM piece WHERE end_us > start_us
  UNION ALL
  SELECT pid, oid, end_us AS at_us, -COLUMNS(* EXCLUDE (pid, oid, start_us, end_us)) FROM piece WHERE end_us > start_us),
swept AS (
  -- What begins or ends together counts together: only the last of one instant has a length.
  SELECT pid, oid, at_us AS start_us, lead(at_us) OVER w AS end_us,
    (sum(COLUMNS(* EXCLUDE (pid, oid, at_us))) OVER w)::INTEGER
  FROM point WINDOW w AS (PARTITION BY pid, oid ORDER BY at_us))
SELECT pid, oid, start_us, end_us, sess, row_no, lower > 0 AS is_idle_lower, likely > 0 AS is_idle,
  upper > 0 AS is_idle_upper, test > 0 AS is_assessment, media > 0 AS is_media
FROM swept WHERE end_us > start_us AND sess > 0
