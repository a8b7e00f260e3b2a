-- one row per certificate within the time of retention: is the attendance record there?
SELECT * FROM trail_kept
