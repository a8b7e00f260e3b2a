-- activity_time: one row per participant and registered activity: learned over the whole case.
-- kept as a part
SELECT s.pid, k.activity_id, sum(s.end_us - s.start_us)::BIGINT AS active_us
FROM segment s JOIN owner_key k USING (oid)
WHERE k.is_activity_registered AND NOT k.is_unmoduled AND NOT s.is_assessment AND NOT s.is_idle
GROUP BY ALL
