-- timetable_piece: one row per stretch of an activity's timetable in which nothing changes. What is also
-- a break or an assessment is no contact time; `is_lost` contact time the weather took.
WITH piece AS (
  SELECT s.oid, s.start_us, s.end_us, (kind = 'contact')::INTEGER AS contact, (kind = 'break')::INTEGER AS pause,
    (kind = 'assessment')::INTEGER AS test, 0 AS lost FROM timetable_segment s
  UNION ALL
  SELECT s.oid, greatest(s.start_us, c.cut_us), s.end_us, 0, 0, 0, 1
  FROM timetable_segment s JOIN sitting c USING (oid, day, part)
  WHERE s.kind = 'contact' AND c.cut_us < s.end_us),
point AS (
  SELECT oid, start_us AS at_us, contact, pause, test, lost FROM piece
  UNION ALL SELECT oid, end_us, -contact, -pause, -test, -lost FROM piece),
step AS (
  SELECT oid, at_us, sum(contact) AS contact, sum(pause) AS pause, sum(test) AS test, sum(lost) AS lost
  FROM point GROUP BY ALL),
swept AS (
  SELECT oid, at_us AS start_us, lead(at_us) OVER w AS end_us, sum(contact) OVER w AS contact, sum(pause) OVER w AS pause,
    sum(test) OVER w AS test, sum(lost) OVER w AS lost
  FROM step WINDOW w AS (PARTITION BY oid ORDER BY at_us))
SELECT oid, start_us, end_us, CASE WHEN test > 0 THEN 'assessment' WHEN pause > 0 THEN 'break' ELSE 'contact' END AS kind,
  test = 0 AND pause = 0 AND lost > 0 AS is_lost
FROM swept WHERE end_us IS NOT NULL AND contact + pause + test > 0
