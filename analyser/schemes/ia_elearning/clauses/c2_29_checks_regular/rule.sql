-- one row per session and activity with enough unscheduled checks: are their gaps all alike?
WITH spaced AS (
  SELECT *, (at_of(pos) - at_of(lag(pos) OVER w))::HUGEINT AS gap_us FROM challenge
  WINDOW w AS (PARTITION BY pid, sess, activity_id ORDER BY pos)),
summed AS (
  SELECT pid, sess, activity_id, count(gap_us)::HUGEINT AS n, sum(gap_us)::HUGEINT AS total,
    sum(gap_us * gap_us)::HUGEINT AS squares, min(pos) AS first_pos, max(pos) AS last_pos,
    list(rid ORDER BY pos) AS rids
  FROM spaced GROUP BY ALL)
SELECT
  -- stdev / mean below the limit, without a division: n * sum(g^2) - sum(g)^2 is n^2 * variance.
  CASE WHEN (n * squares - total * total) * 1000000
      < getvariable('challenge_regular_cv_permille') * getvariable('challenge_regular_cv_permille') * total * total
    THEN 'failed' ELSE 'passed' END AS verdict,
  'activity' AS level, pid, activity_id, sess, first_pos AS pos, at_of(first_pos) AS at_us,
  at_of(last_pos) AS until_us, n AS value, rids
FROM summed WHERE n >= getvariable('challenge_regular_gap_count')
