-- activity_fact: one row per registered activity: its mode, the points of full attendance by category,
-- and what the organiser asks for.
WITH whole AS (SELECT activity_oid, min(mode) AS mode, count(DISTINCT mode) AS modes FROM part_in_force GROUP BY ALL),
unit AS (
  SELECT *, CASE mode WHEN 'lecture' THEN getvariable('lecture_point_minutes') ELSE getvariable('multi_point_minutes') END
    AS unit_minutes FROM whole),
pointed AS (
  SELECT u.*, p.* EXCLUDE (activity_oid, mode),
    CASE WHEN p.contact_minutes IS NOT NULL THEN p.contact_minutes // u.unit_minutes
      WHEN p.parts = 1 THEN coalesce(p.contact_us, 0) // (u.unit_minutes * 60000000) ELSE 0 END AS by_hours
  FROM part_in_force p JOIN unit u USING (activity_oid))
SELECT activity_oid AS oid, mode, modes, unit_minutes, min(parts) AS parts, bool_and(is_approved) AS is_approved,
  sum(coalesce(points, by_hours))::BIGINT AS points, sum(by_hours)::BIGINT AS points_by_hours,
  count(points) AS pointed_parts,
  coalesce(sum(coalesce(points, by_hours)) FILTER (category = 'core'), 0)::BIGINT AS core_points,
  coalesce(sum(coalesce(points, by_hours)) FILTER (category = 'non_core'), 0)::BIGINT AS non_core_points,
  CASE WHEN count(DISTINCT coalesce(category, '')) = 1 THEN min(category) ELSE 'mixed' END AS category,
  sum(contact_minutes)::BIGINT AS contact_minutes, count(contact_minutes) = count(*) AS has_contact_minutes,
  count(DISTINCT title) AS titles, any_value(contact_us) AS contact_us, max(min_attendance_pct) AS min_attendance_pct,
  min(approved_from) AS approved_from, max(approved_to) AS approved_to, list(rid ORDER BY rid) AS rids
FROM pointed GROUP BY activity_oid, mode, modes, unit_minutes
