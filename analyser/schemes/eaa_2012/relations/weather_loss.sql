-- weather_loss: one row per activity and effect of the weather on it: contact time that was not delivered.
SELECT c.oid, CASE WHEN c.cut_us = c.start_us THEN 'cancelled' ELSE 'suspended' END AS effect, min(c.cut_us) AS at_us,
  max(c.end_us) AS until_us, sum(greatest(s.end_us - greatest(s.start_us, c.cut_us), 0))::BIGINT AS lost_us,
  list(DISTINCT c.rid ORDER BY c.rid) AS rids
FROM sitting c JOIN timetable_segment s USING (oid, day, part)
WHERE c.cut_us IS NOT NULL AND s.kind = 'contact' GROUP BY ALL
