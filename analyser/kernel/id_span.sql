-- id_span: one row per session as the events that carry its id form it.
FROM session_chain('moment')
