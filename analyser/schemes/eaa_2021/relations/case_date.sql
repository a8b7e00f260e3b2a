-- case_date: one row per module and day that decides a register row.
SELECT DISTINCT oid, on_date FROM credit_case
