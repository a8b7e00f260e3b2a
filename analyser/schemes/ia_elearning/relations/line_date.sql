-- line_date: one row per module and day that decides the register row of an awarded credit.
-- kept as a view
SELECT DISTINCT oid, on_date FROM credit_line WHERE status = 'awarded'
