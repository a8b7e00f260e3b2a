-- sitting: one row per activity, day and part of the day: from when the weather leaves nothing
-- (`cut_us`; its own begin: it is cancelled). Run again for the next part of the day, because black
-- rain does not stop what an earlier part began (`begun_us`: the earliest of these).
-- repeated
-- reads sitting_seed
WITH due AS (
  SELECT p.*, f.begun_us AS earlier_us
  FROM day_part p JOIN frontier f ON f.oid = p.oid AND f.day = p.day AND p.turn = f.turn + 1),
met AS (
  SELECT d.oid, d.day, d.turn, w.rid, w.first_us,
    CASE WHEN w.first_us > d.start_us THEN CASE WHEN NOT w.is_rain AND w.first_us < d.end_us THEN w.first_us END
      WHEN w.is_rain AND coalesce(d.earlier_us < w.first_us, false) THEN NULL
      WHEN coalesce(w.announced_us BETWEEN d.check_us AND d.start_us, false)
        OR coalesce(w.issued_us BETWEEN d.check_us AND d.start_us, false)
        OR (getvariable('wx_in_force') = 'cancelled' AND w.first_us < d.check_us
          AND coalesce(w.cancelled_us > d.check_us, true)) THEN d.start_us END AS cut_us
  FROM due d JOIN warning w ON w.first_us < d.end_us WHERE d.has_contact),
worst AS (
  SELECT oid, day, turn, min(cut_us) AS cut_us, arg_min(rid, (cut_us, first_us, rid)) AS rid FROM met
  WHERE cut_us IS NOT NULL GROUP BY ALL)
SELECT d.* EXCLUDE (earlier_us), w.cut_us, w.rid,
  least(d.earlier_us, CASE WHEN d.has_contact AND coalesce(w.cut_us > d.start_us, true) THEN d.start_us END) AS begun_us
FROM due d LEFT JOIN worst w USING (oid, day, turn)
