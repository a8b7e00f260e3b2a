-- homed: one row per moment, with the session id it carries or has joined (a view).
-- kept as a view
SELECT m.* REPLACE (coalesce(m.sid, j.sid) AS sid) FROM moment m LEFT JOIN joined j USING (rid)
