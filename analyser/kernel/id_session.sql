-- id_session: one row per session with an id, joined events included.
FROM session_chain('homed')
