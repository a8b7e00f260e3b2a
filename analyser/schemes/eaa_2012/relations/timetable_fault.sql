-- timetable_fault: one row per activity whose timetable cannot be used as it stands: how many segments, and
-- the rows that show it (of two that overlap both).
WITH numbered AS (SELECT *, row_number() OVER (ORDER BY oid, start_us, end_us, kind) AS n FROM timetable_segment),
clash AS (
  SELECT a.oid, a.rid, b.rid AS other_rid FROM numbered a JOIN numbered b
    ON a.oid = b.oid AND a.n < b.n AND a.start_us < b.end_us AND b.start_us < a.end_us),
unusable AS (
  SELECT k.oid, t.rid, t.rid AS other_rid FROM sessions_timetable t JOIN owner_key k USING (activity_id)
  WHERE NOT (t.kind IN ('contact', 'break', 'assessment') AND t.ends_us > t.starts_us))
SELECT oid, count(DISTINCT rid) AS segments, list_distinct(list(rid) || list(other_rid)) AS rids
FROM (FROM clash UNION ALL FROM unusable) GROUP BY oid
