-- periods: one row per participant and assessment period in which a row has its credit date.
WITH licence AS (
  -- Rows that contradict each other leave the type unknown, whatever their order.
  SELECT participant_id, CASE WHEN min(licence_type) = max(licence_type) THEN min(licence_type) END AS licence_type
  FROM participants GROUP BY ALL),
summed AS (
  SELECT participant_id, period,
    coalesce(sum(credited_minutes) FILTER (status = 'awarded'), 0) AS minutes,
    coalesce(sum(credited_minutes) FILTER (status = 'awarded' AND category = 'ethics_or_regulations'), 0) AS er_minutes,
    coalesce(sum(credited_minutes) FILTER (status = 'held'), 0) AS held_minutes
  FROM credits WHERE period IS NOT NULL GROUP BY ALL),
needed AS (
  SELECT s.*, q.required_minutes, q.required_er_minutes
  FROM summed s LEFT JOIN licence USING (participant_id) LEFT JOIN licence_requirement q USING (licence_type))
SELECT participant_id, period, hours(minutes) AS hours, hours(er_minutes) AS er_hours,
  hours(required_minutes) AS required_hours, hours(required_er_minutes) AS required_er_hours,
  hours(CASE WHEN required_minutes IS NOT NULL THEN greatest(required_minutes - minutes, 0) END) AS shortfall_hours,
  hours(CASE WHEN required_er_minutes IS NOT NULL THEN greatest(required_er_minutes - er_minutes, 0) END) AS shortfall_er_hours,
  minutes >= required_minutes AND er_minutes >= required_er_minutes AS compliant,
  hours(held_minutes) AS held_hours
FROM needed ORDER BY participant_id, period
