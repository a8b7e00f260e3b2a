-- row_time: one row per credit row with any session time: microseconds by what they were.
SELECT pid, oid, row_no, sum(us)::BIGINT AS login_us,
  coalesce(sum(us) FILTER (NOT is_assessment AND NOT is_idle_lower), 0)::BIGINT AS active_lower_us,
  coalesce(sum(us) FILTER (NOT is_assessment AND NOT is_idle), 0)::BIGINT AS active_us,
  coalesce(sum(us) FILTER (NOT is_assessment AND NOT is_idle_upper), 0)::BIGINT AS active_upper_us,
  coalesce(sum(us) FILTER (is_idle), 0)::BIGINT AS idle_us,
  coalesce(sum(us) FILTER (is_assessment), 0)::BIGINT AS assessment_us,
  coalesce(sum(us) FILTER (is_media), 0)::BIGINT AS media_us
FROM (SELECT *, end_us - start_us AS us FROM segment WHERE row_no > 0)
GROUP BY ALL
