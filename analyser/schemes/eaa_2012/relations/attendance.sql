-- attendance: one row per credit row with a timetable and reading of unpaired scans (lower, likely,
-- upper): absence, and the points that it leaves.
WITH figure AS (
  SELECT *, 'lower' AS figure, lower_us AS attended_us FROM credit_fact WHERE is_registered AND has_timetable
  UNION ALL SELECT *, 'upper', upper_us FROM credit_fact WHERE is_registered AND has_timetable
  UNION ALL SELECT *, 'likely', CASE getvariable('door_missing') WHEN 'last_seen' THEN lower_us ELSE upper_us END
  FROM credit_fact WHERE is_registered AND has_timetable),
missed AS (
  SELECT *, delivered_us - attended_us AS absence_us,
    least(getvariable('multi_absence_pct'), 100 - coalesce(min_attendance_pct, 0)) AS limit_pct FROM figure),
judged AS (
  SELECT *, CASE WHEN NOT is_complete THEN NULL
      WHEN mode = 'multi_session' THEN CASE WHEN 100 * absence_us > limit_pct * contact_us THEN 'ABSENCE_LIMIT' END
      WHEN absence_us >= getvariable('lecture_all_us') THEN 'ABSENT_TOO_LONG'
      WHEN absence_us > getvariable('lecture_one_us')
        OR (absence_us = getvariable('lecture_one_us') AND getvariable('eaa_t15') = 'inclusive') THEN 'POINT_DEDUCTED' END AS absence_code
  FROM missed),
reduced AS (
  SELECT *, CASE WHEN absence_code IN ('ABSENCE_LIMIT', 'ABSENT_TOO_LONG') THEN points
      WHEN absence_code = 'POINT_DEDUCTED' THEN least(points, 1)
      WHEN mode = 'multi_session' AND getvariable('multi_within') = 'attended'
        THEN greatest(points - attended_us // (unit_minutes * 60000000), 0) ELSE 0 END AS reduction
  FROM judged),
split AS (
  -- The category that the policy names loses first, then the other.
  SELECT *, CASE getvariable('eaa_deduct') WHEN 'core' THEN least(reduction, core_points)
      ELSE least(greatest(reduction - non_core_points, 0), core_points) END AS core_reduction,
    CASE getvariable('eaa_deduct') WHEN 'non_core' THEN least(reduction, non_core_points)
      ELSE least(greatest(reduction - core_points, 0), non_core_points) END AS non_core_reduction
  FROM reduced)
SELECT *, points - reduction AS points_left, core_points - core_reduction AS core_left,
  non_core_points - non_core_reduction AS non_core_left
FROM split
