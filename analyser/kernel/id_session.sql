-- id_session: one row per session with an id, joined events included.
-- kept as a view
FROM id_span ANTI JOIN joined USING (sid)
UNION ALL BY NAME
FROM session_chain('joined_to')
