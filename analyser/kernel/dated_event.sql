-- dated_event: one row per stored event up to the audit date, duplicates left out (a view).
-- kept as a view
SELECT p.pid, pos_of(e.at_us, coalesce(t.tie, 0)) AS pos, e.*,
  coalesce(e.actor_id <> e.participant_id, false) AS is_other
FROM stored_event e
JOIN participant_key p ON p.participant_id = e.participant_id
LEFT JOIN event_tie t ON t.rid = e.rid
WHERE e.fault IS NULL AND e.at_us < getvariable('as_of_end_us')
  AND NOT coalesce(t.is_duplicate, false)
