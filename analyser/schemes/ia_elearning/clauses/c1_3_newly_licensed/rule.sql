-- one row per participant and assessment period with hours missing: were they licensed before it began?
WITH licence AS (
  SELECT participant_id, CASE WHEN min(licence_type) = max(licence_type) THEN min(licence_type) END AS licence_type,
    max(first_licensed) AS licensed_on, list(rid ORDER BY rid) AS rids
  FROM participants GROUP BY participant_id),
earned AS (
  SELECT pid, period, coalesce(sum(credited_minutes) FILTER (status = 'awarded'), 0) AS minutes,
    coalesce(sum(credited_minutes) FILTER (status = 'awarded' AND category = 'ethics_or_regulations'), 0) AS er_minutes,
    make_date(left(period, strpos(period, '/') - 1)::INTEGER, getvariable('period_first_month')::INTEGER, 1) AS begins_on
  FROM credit_outcome WHERE figure = 'likely' AND period IS NOT NULL GROUP BY pid, period)
SELECT CASE WHEN licensed_on IS NULL THEN 'not_assessable' WHEN licensed_on >= begins_on THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, pid, hours(minutes) AS value, hours(required_minutes) AS limit_value, map {'period': period} AS texts,
  epoch_us(licensed_on) - getvariable('hong_kong_us') AS at_us,
  epoch_us(begins_on + INTERVAL 1 YEAR - INTERVAL 1 DAY) - getvariable('hong_kong_us') AS until_us,
  'participants' AS rid_table, rids, 'the register of participants has no date of the first licence' AS why
FROM earned JOIN participant_key USING (pid) JOIN licence USING (participant_id) JOIN licence_requirement USING (licence_type)
WHERE minutes < required_minutes OR er_minutes < required_er_minutes
