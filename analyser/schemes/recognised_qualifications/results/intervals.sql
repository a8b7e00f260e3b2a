-- intervals: one row per stretch of time: none, as claims have none.
SELECT NULL::VARCHAR AS participant_id, NULL::VARCHAR AS session_id, NULL::VARCHAR AS activity_id, NULL::VARCHAR AS module_id,
  NULL::VARCHAR AS start_at, NULL::VARCHAR AS end_at, NULL::VARCHAR AS state, NULL::VARCHAR AS evidence
WHERE false
