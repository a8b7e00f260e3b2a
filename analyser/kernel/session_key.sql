-- session_key: one row per participant and session id of the learning system.
SELECT participant_id, session_id,
  row_number() OVER (ORDER BY participant_id, session_id)::INTEGER AS sid
FROM (
  SELECT DISTINCT participant_id, session_id FROM stored_event
  WHERE fault IS NULL AND session_id IS NOT NULL)
