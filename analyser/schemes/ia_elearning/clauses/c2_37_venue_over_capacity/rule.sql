-- one row per venue at which assessments were supervised: were there ever more candidates at once than it may hold?
-- across participants
WITH paper AS (
  -- One that is begun and handed in at one instant is sat at that instant.
  SELECT venue_id, pid, begin_us, greatest(end_us, begin_us + 1) AS end_us, rid, check_rid FROM supervised_paper),
-- Who sits several papers at once is one candidate: from the first begun to the last handed in.
opened AS (
  SELECT *, coalesce(max(end_us) OVER before <= begin_us, true) AS is_first FROM paper
  WINDOW before AS (PARTITION BY venue_id, pid ORDER BY begin_us, end_us, rid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
seat AS (
  SELECT venue_id, min(begin_us) AS begin_us, max(end_us) AS end_us FROM (
    SELECT *, count(CASE WHEN is_first THEN 1 END) OVER (PARTITION BY venue_id, pid ORDER BY begin_us, end_us, rid) AS n FROM opened)
  GROUP BY venue_id, pid, n),
-- Candidates come and go; they are counted when a paper begins.
step AS (
  SELECT venue_id, begin_us AS at_us, 1 AS more FROM seat
  UNION ALL SELECT venue_id, end_us, -1 FROM seat
  UNION ALL SELECT DISTINCT venue_id, begin_us, 0 FROM paper),
met AS (
  SELECT venue_id, at_us, sum(more) OVER (PARTITION BY venue_id ORDER BY at_us)::BIGINT AS candidates FROM step
  QUALIFY more = 0),
held AS (
  SELECT m.*, max(v.capacity) AS capacity FROM met m LEFT JOIN venues v ON v.venue_id = m.venue_id
    AND coalesce(v.approved_from <= hk_date(m.at_us), true) AND coalesce(v.approved_to >= hk_date(m.at_us), true)
  GROUP BY ALL),
worst AS (
  SELECT * FROM held QUALIFY row_number() OVER (PARTITION BY venue_id
    ORDER BY candidates - capacity DESC NULLS LAST, candidates DESC, at_us) = 1)
SELECT CASE WHEN capacity IS NULL THEN 'not_assessable' WHEN candidates > capacity THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, w.venue_id AS what, w.at_us, candidates AS value, capacity AS limit_value,
  (SELECT list_sort(list_distinct(flatten(list([p.check_rid, p.rid])))) FROM paper p
   WHERE p.venue_id = w.venue_id AND p.begin_us <= w.at_us AND p.end_us > w.at_us) AS rids,
  'the register of venues shows no capacity for that day' AS why
FROM worst w
