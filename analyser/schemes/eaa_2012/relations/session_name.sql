-- session_name: one row per paired visit; they are named ~1, ~2 ... for each participant.
SELECT sess, '~' || row_number() OVER (PARTITION BY pid ORDER BY sess) AS session_id
FROM visit WHERE is_paired
