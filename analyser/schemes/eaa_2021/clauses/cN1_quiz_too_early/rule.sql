-- one row per submitted quiz of a module whose videos have a known length: was enough watched before it?
SELECT CASE WHEN is_enough THEN 'passed' ELSE 'failed' END AS verdict, 'row' AS level, pid, oid, 1 AS row_no, attempt_id,
  at_of(begin_pos) AS at_us, watched_us // 1000000 AS value,
  getvariable('video_watched_pct') * video_us // (100 * 1000000) AS limit_value, [submit_rid] AS rids
FROM counted_quiz WHERE video_us IS NOT NULL
