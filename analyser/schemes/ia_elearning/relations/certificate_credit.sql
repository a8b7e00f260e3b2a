-- certificate_credit: one row per certificate: what the log supports for its holder, the modules it
-- names (all, if it names none) and the assessment period of the completion date it shows.
WITH named AS (
  SELECT c.*, k.oid FROM own_certificate c JOIN owner_key k
    ON k.activity_id = c.activity_id
    AND (c.module_ids IS NULL OR list_contains(string_split(replace(c.module_ids, ' ', ''), ';'), coalesce(k.module_id, '')))),
earned AS (
  SELECT n.rid, coalesce(sum(o.credited_minutes) FILTER (o.status = 'awarded'), 0) AS awarded_minutes,
    count(*) FILTER (o.status = 'held') AS held_count,
    max(o.credited_on) FILTER (o.status = 'awarded') AS credited_on, min(o.first_rid) AS first_rid
  FROM named n
  JOIN participant_key p ON p.participant_id = n.participant_id
  JOIN credit_line o ON o.pid = p.pid AND o.oid = n.oid
    AND o.period = period_of(n.completed_on)
  GROUP BY n.rid)
SELECT c.*, coalesce(e.awarded_minutes, 0) AS awarded_minutes, coalesce(e.held_count, 0) AS held_count,
  e.credited_on
FROM own_certificate c LEFT JOIN earned e USING (rid)
