-- one row per viewing: a play and the act of the same person and clip that ends it
WITH sound AS (
  SELECT *, coalesce(TRY_CAST(position AS DOUBLE), CASE WHEN act = 'pause' AND position IS NULL THEN 0 END) AS place,
    TRY_CAST(origin AS DOUBLE) AS before
  FROM {acts} WHERE act IN ('play', 'pause', 'stop', 'seek')),
told AS (
  FROM sound WHERE place BETWEEN 0 AND $farthest_s
    AND (act <> 'seek' OR before BETWEEN 0 AND $farthest_s)),
run AS (
  SELECT *, lead(act) OVER w AS ended_by,
    lead(CASE act WHEN 'seek' THEN before ELSE place END) OVER w AS until,
    -- After a seek that cut a viewing short the player may still report the old place.
    CASE WHEN lag(act) OVER w = 'seek' AND lag(act, 2) OVER w = 'play' THEN lag(place) OVER w ELSE place END AS since
  FROM told WINDOW w AS (PARTITION BY who, clip ORDER BY at_us, act, place, before))
SELECT who, clip, at_us, since, until, ended_by FROM run
WHERE act = 'play' AND ended_by <> 'play' AND until - since >= $shortest_s
  AND (length_s IS NULL OR until <= length_s + $beyond_s)
ORDER BY ALL
