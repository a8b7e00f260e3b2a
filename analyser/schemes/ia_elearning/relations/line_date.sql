-- line_date: one row per module and day that decides the register row of an awarded credit.
SELECT DISTINCT oid, on_date FROM credit_line WHERE status = 'awarded'
