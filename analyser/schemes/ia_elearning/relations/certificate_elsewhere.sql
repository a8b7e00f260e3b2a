-- certificate_elsewhere: one row per certificate without credit whose holder was awarded its modules on another day: the
-- nearest such day.
WITH holder AS MATERIALIZED (
  SELECT c.rid, p.pid, c.activity_id, c.completed_on, string_split(replace(c.module_ids, ' ', ''), ';') AS module_ids
  FROM certificate_credit c JOIN participant_key p USING (participant_id)
  WHERE c.awarded_minutes = 0 AND c.completed_on IS NOT NULL),
day AS (
  SELECT h.rid, h.completed_on, o.credited_on, o.period, sum(o.credited_minutes) AS minutes
  FROM holder h
  JOIN credit_line o ON o.pid = h.pid AND o.status = 'awarded'
  JOIN owner_key k ON k.oid = o.oid AND k.activity_id = h.activity_id
    AND (h.module_ids IS NULL OR list_contains(h.module_ids, coalesce(k.module_id, '')))
  GROUP BY ALL)
SELECT rid, credited_on AS other_on, period AS other_period, minutes AS other_minutes
FROM day QUALIFY row_number() OVER (PARTITION BY rid ORDER BY abs(credited_on - completed_on), credited_on) = 1
