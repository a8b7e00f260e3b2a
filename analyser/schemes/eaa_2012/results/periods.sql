-- periods: one row per participant and assessment period in which an activity was completed.
WITH summed AS (
  SELECT participant_id, period, coalesce(sum(points) FILTER (status = 'awarded'), 0)::BIGINT AS points,
    coalesce(sum(core_points) FILTER (status = 'awarded'), 0)::BIGINT AS core_points,
    coalesce(sum(non_core_points) FILTER (status = 'awarded'), 0)::BIGINT AS non_core_points,
    coalesce(sum(points) FILTER (status = 'held'), 0)::BIGINT AS held_points
  FROM credits WHERE period IS NOT NULL GROUP BY ALL),
needed AS (
  -- Nothing is asked for by this guideline; a policy may.
  SELECT *, nullif(getvariable('requirement_points'), 0) AS required_points,
    nullif(getvariable('requirement_core_points'), 0) AS required_core_points FROM summed)
SELECT participant_id, period, points, core_points, non_core_points, held_points, required_points, required_core_points,
  CASE WHEN required_points IS NOT NULL THEN greatest(required_points - points, 0) END AS shortfall_points,
  CASE WHEN required_core_points IS NOT NULL THEN greatest(required_core_points - core_points, 0) END
    AS shortfall_core_points,
  CASE WHEN coalesce(required_points, required_core_points) IS NOT NULL
    THEN points >= coalesce(required_points, 0) AND core_points >= coalesce(required_core_points, 0) END AS compliant
FROM needed ORDER BY participant_id, period
