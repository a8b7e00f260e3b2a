-- session_name: one row per session that a finding may name.
SELECT sess, session_id FROM session
