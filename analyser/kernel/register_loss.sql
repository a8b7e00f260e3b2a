-- register_loss: one row per register that was handed over with any row: how many of its rows were read and how many of
-- them cannot be used, and which (a line that is no row at all has no number).
-- across participants
WITH register(place) AS (
  VALUES ('activities'), ('participants'), ('items'), ('questions'), ('certificates'), ('venues'), ('sessions_timetable'),
    ('weather'), ('submissions'), ('identities')),
faulty AS (
  SELECT 'activities' AS place, rowid AS rid FROM activities_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'participants', rowid FROM participants_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'items', rowid FROM items_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'questions', rowid FROM questions_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'certificates', rowid FROM certificates_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'venues', rowid FROM venues_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'sessions_timetable', rowid FROM sessions_timetable_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'weather', rowid FROM weather_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'submissions', rowid FROM submissions_row WHERE fault IS NOT NULL
  UNION ALL SELECT 'identities', rowid FROM identities_row WHERE fault IS NOT NULL),
which AS (SELECT place, list(rid ORDER BY rid) AS rids FROM faulty GROUP BY place),
counted AS (
  SELECT table_name AS place, sum(row_count + broken_count)::BIGINT AS row_count,
    sum(faulty_count + broken_count)::BIGINT AS lost_count
  FROM source_file GROUP BY table_name)
SELECT place, row_count, lost_count, coalesce(rids, []) AS rids
FROM register JOIN counted USING (place) LEFT JOIN which USING (place) WHERE row_count > 0
