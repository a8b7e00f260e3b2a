-- joined_to: one row per moment of a session that others have joined (a view).
-- kept as a view
FROM homed SEMI JOIN (SELECT sid FROM joined) USING (sid)
