-- homed: one row per moment, with the session id it carries or has joined (a view).
-- kept as a view
FROM moment WHERE sid IS NOT NULL
UNION ALL
SELECT m.* REPLACE (j.sid AS sid) FROM (FROM moment WHERE sid IS NULL) m LEFT JOIN joined j USING (rid)
