-- one row per run of a person's acts without a longer gap than the limit, as Moodle's dedication block counts
WITH moment AS (SELECT DISTINCT who, at_us FROM {acts}),
step AS (
  SELECT who, at_us,
    coalesce(at_us - lag(at_us) OVER (PARTITION BY who ORDER BY at_us) > $limit_s * 1000000::BIGINT, true) AS is_first
  FROM moment),
numbered AS (
  SELECT who, at_us, count(CASE WHEN is_first THEN 1 END) OVER (PARTITION BY who ORDER BY at_us) AS sitting FROM step)
SELECT who, min(at_us) AS start_us, (max(at_us) - min(at_us)) // 1000000 AS length_s,
  max(at_us) - min(at_us) > $ignored_s * 1000000::BIGINT AS is_listed
FROM numbered GROUP BY who, sitting ORDER BY who, start_us
