-- one row per certificate still within the time its audit trail is kept: is the trail there?
SELECT * FROM trail_kept
