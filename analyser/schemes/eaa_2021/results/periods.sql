-- periods: one row per participant and period in which a module was completed.
SELECT participant_id, period, coalesce(sum(points) FILTER (status = 'awarded'), 0)::BIGINT AS points,
  coalesce(sum(points) FILTER (status = 'held'), 0)::BIGINT AS held_points, NULL::BOOLEAN AS compliant
FROM credits WHERE period IS NOT NULL GROUP BY ALL ORDER BY ALL
