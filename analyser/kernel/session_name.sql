-- session_name: one row per session that a finding may name.
-- kept as a view
SELECT sess, session_id FROM session
