-- session_name: one row per session: none, as claims have none.
SELECT 0::INTEGER AS sess, ''::VARCHAR AS session_id WHERE false
