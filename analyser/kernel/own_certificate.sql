-- own_certificate: one row per certificate that names a participant whom this run looks at (a view).
-- A run over some participants only puts theirs in its place.
-- kept as a view
FROM certificates
