-- taken_date: one row per module and day that decides the register row of a credit row.
-- kept as a view
SELECT DISTINCT oid, on_date FROM credit_line
