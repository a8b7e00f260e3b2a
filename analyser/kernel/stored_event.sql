-- stored_event: one row per row of the trail that this run looks at, with its row number (a view).
-- A run over some participants only puts their rows in its place.
-- kept as a view
SELECT rowid AS rid, * FROM event
