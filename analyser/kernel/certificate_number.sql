-- certificate_number: one row per certificate: how many carry its number.
-- kept as a view
SELECT *, count(*) OVER (PARTITION BY certificate_no) AS same_number_count FROM certificates
