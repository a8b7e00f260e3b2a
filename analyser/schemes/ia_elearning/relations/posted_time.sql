-- posted_time: one row per participant and registered module with learning time: is any of its
-- assessment time in the active time?
-- kept as a part
SELECT pid, oid, bool_or(active_us + assessment_us > login_us) AS is_counted_twice,
  sum(assessment_us)::BIGINT AS assessment_us
FROM row_time GROUP BY ALL
