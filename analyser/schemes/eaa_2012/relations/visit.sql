-- visit: one row per stay: an entry with the exit that follows it on that day. An unpaired scan gives
-- the longest stay it can stand for (`is_paired` false): entries last until the next scan or the end
-- of the day's timetable, exits begin with the scan before or the day's timetable.
WITH turn AS (
  SELECT *, lead(is_entry) OVER w AS next_is_entry, lead(at_us) OVER w AS next_us, lead(rid) OVER w AS next_rid,
    lag(is_entry) OVER w AS last_is_entry, lag(at_us) OVER w AS last_us
  FROM passage WINDOW w AS (PARTITION BY pid, oid, day ORDER BY at_us, n)),
opening AS (
  SELECT oid, day, min(start_us) AS start_us, max(end_us) AS end_us FROM timetable_segment GROUP BY ALL),
stay AS (
  SELECT pid, oid, at_us AS start_us, next_us AS end_us, true AS is_paired, at_us, is_entry, rid, next_rid
  FROM turn WHERE is_entry AND NOT next_is_entry
  UNION ALL
  SELECT pid, oid, at_us, coalesce(next_us, o.end_us, at_us), false, at_us, is_entry, rid, NULL
  FROM turn LEFT JOIN opening o USING (oid, day) WHERE is_entry AND coalesce(next_is_entry, true)
  UNION ALL
  SELECT pid, oid, coalesce(last_us, o.start_us, at_us), at_us, false, at_us, is_entry, rid, NULL
  FROM turn LEFT JOIN opening o USING (oid, day) WHERE NOT is_entry AND NOT coalesce(last_is_entry, false))
SELECT *, row_number() OVER (ORDER BY is_paired DESC, pid, start_us, oid, at_us, rid)::INTEGER AS sess
FROM stay
