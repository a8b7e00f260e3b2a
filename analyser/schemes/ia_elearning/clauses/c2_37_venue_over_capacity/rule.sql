-- one row per venue at which assessments were supervised: were there ever more candidates at once than it may hold?
-- across participants
WITH met AS (
  SELECT t.venue_id, t.begin_us AS at_us, count(DISTINCT o.pid) AS candidates, list(DISTINCT o.rid ORDER BY o.rid) AS rids
  FROM (SELECT DISTINCT venue_id, begin_us FROM supervised_paper) t
  JOIN supervised_paper o ON o.venue_id = t.venue_id AND o.begin_us <= t.begin_us AND (o.end_us > t.begin_us OR o.begin_us = t.begin_us)
  GROUP BY ALL),
held AS (
  SELECT m.*, max(v.capacity) AS capacity FROM met m LEFT JOIN venues v ON v.venue_id = m.venue_id
    AND coalesce(v.approved_from <= hk_date(m.at_us), true) AND coalesce(v.approved_to >= hk_date(m.at_us), true)
  GROUP BY ALL),
worst AS (
  SELECT * FROM held QUALIFY row_number() OVER (PARTITION BY venue_id
    ORDER BY candidates - capacity DESC NULLS LAST, candidates DESC, at_us) = 1)
SELECT CASE WHEN capacity IS NULL THEN 'not_assessable' WHEN candidates > capacity THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, venue_id AS what, at_us, candidates AS value, capacity AS limit_value, rids,
  'the register of venues shows no capacity for that day' AS why
FROM worst
