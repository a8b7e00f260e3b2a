-- assessed_module: one row per participant and module that they attempted an assessment of.
-- kept as a part
SELECT DISTINCT pid, oid FROM attempt
