-- participant_key: one row per participant with an event. Numbers given by an earlier assessment
-- stay, new ones follow in the order of the ids.
-- kept as a key
SELECT participant_id, pid FROM known_participant
UNION ALL
SELECT participant_id,
  (SELECT coalesce(max(pid), 0) FROM known_participant) + row_number() OVER (ORDER BY participant_id)::INTEGER
FROM (SELECT DISTINCT participant_id FROM stored_event WHERE fault IS NULL)
ANTI JOIN known_participant USING (participant_id)
