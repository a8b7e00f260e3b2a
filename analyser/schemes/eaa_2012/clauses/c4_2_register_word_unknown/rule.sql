-- one row per column that takes one of a few words, and has any: are all its words among them?
WITH known(place, word) AS (
  VALUES ('activities.category', 'core'), ('activities.category', 'non_core'), ('activities.mode', 'lecture'),
    ('activities.mode', 'multi_session'), ('activities.mode', 'elearning'), ('sessions_timetable.kind', 'contact'),
    ('sessions_timetable.kind', 'break'), ('sessions_timetable.kind', 'assessment'), ('scans.direction', 'in'),
    ('scans.direction', 'out'), ('submissions.kind', 'attendance_record'), ('submissions.kind', 'timetable'),
    ('submissions.kind', 'application'), ('submissions.kind', 'major_change')),
said AS (
  -- Activities of e-learning in the same register have categories of their own.
  SELECT 'activities.category' AS place, category AS word, rid FROM activities WHERE category IS NOT NULL AND coalesce(mode, '') <> 'elearning'
    AND (mode IN ('lecture', 'multi_session') OR category NOT IN ('general', 'ethics_or_regulations'))
  UNION ALL SELECT 'activities.mode', mode, rid FROM activities WHERE mode IS NOT NULL
  UNION ALL SELECT 'sessions_timetable.kind', kind, rid FROM sessions_timetable
  UNION ALL SELECT 'scans.direction', direction, rid FROM own_scan
  UNION ALL SELECT 'submissions.kind', kind, rid FROM submissions),
counted AS (
  SELECT s.place, count(DISTINCT s.rid) FILTER (k.word IS NULL) AS odd_count, count(DISTINCT s.rid) AS row_count,
    coalesce(list(DISTINCT s.rid ORDER BY s.rid) FILTER (k.word IS NULL), []) AS rids
  FROM said s LEFT JOIN known k USING (place, word) GROUP BY s.place)
SELECT CASE WHEN odd_count > 0 THEN 'failed' ELSE 'passed' END AS verdict, 'case' AS level, place AS what,
  odd_count AS value, row_count AS limit_value, split_part(place, '.', 1) AS rid_table, rids
FROM counted
