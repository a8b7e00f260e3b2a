-- activity_time: one row per activity with a timetable: its contact time, what the weather left of it,
-- and when it ends.
WITH measured AS (
  SELECT oid, min(start_us) AS start_us, max(end_us) AS end_us,
    coalesce(sum(end_us - start_us) FILTER (kind = 'contact'), 0)::BIGINT AS contact_us,
    coalesce(sum(greatest(least(end_us, getvariable('as_of_end_us')) - start_us, 0))
      FILTER (kind = 'contact' AND NOT is_lost), 0)::BIGINT AS delivered_us
  FROM timetable_piece GROUP BY oid)
SELECT *, end_us <= getvariable('as_of_end_us') AS is_complete, hk_date(end_us - 1) AS last_on FROM measured
