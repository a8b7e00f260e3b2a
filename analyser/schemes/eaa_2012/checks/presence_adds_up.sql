-- presence_adds_up: one row if the microseconds of all intervals are not those of the paired visits.
SELECT a.us FROM (SELECT coalesce(sum(end_us - start_us), 0) AS us FROM visit WHERE is_paired) a,
  (SELECT coalesce(sum(end_us - start_us), 0) AS us FROM stay_piece) b WHERE a.us <> b.us
