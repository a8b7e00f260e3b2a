-- case_date: one row per module and day that decides a register row.
-- kept as a view
SELECT DISTINCT oid, on_date FROM credit_case WHERE outcome <> 'unregistered'
