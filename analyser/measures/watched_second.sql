-- one row per person, clip and second that was watched
WITH numbered AS (
  SELECT *, count(CASE WHEN is_play THEN 1 END) OVER (
    PARTITION BY who, clip ORDER BY at_us, is_play DESC, id ROWS UNBOUNDED PRECEDING) AS run
  FROM {acts}),
run AS (
  SELECT who, clip, run, max(position_s) FILTER (is_play) AS since,
    last(position_s ORDER BY at_us, id) FILTER (NOT is_play) AS until
  FROM numbered WHERE run > 0 GROUP BY ALL),
watched AS (
  SELECT who, clip, unnest(range(greatest(since, 1), until + 1)) AS second FROM run WHERE until > since)
SELECT who, clip, second, count(*) AS times FROM watched GROUP BY ALL ORDER BY ALL
