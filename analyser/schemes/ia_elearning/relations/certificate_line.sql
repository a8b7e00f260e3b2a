-- certificate_line: one row per certificate and credit row that it stands for: of the modules it names (all, if it
-- names none), in the assessment period of the completion date it shows; of several rows of one module that of the very
-- day, if there is one.
WITH holder AS MATERIALIZED (
  -- Held by whom comes first: no plan may begin with everybody's credit of a period.
  SELECT c.rid, p.pid, c.activity_id, c.completed_on, period_of(c.completed_on) AS period,
    string_split(replace(c.module_ids, ' ', ''), ';') AS module_ids
  FROM own_certificate c JOIN participant_key p USING (participant_id))
SELECT h.rid, h.completed_on, o.pid, o.oid, o.row_no, k.module_id, o.status, o.credited_minutes, o.completion_minutes, o.credited_on, o.content_on,
  o.passed_on, o.on_date
FROM holder h
JOIN credit_line o ON o.pid = h.pid AND o.period = h.period
JOIN owner_key k ON k.oid = o.oid AND k.activity_id = h.activity_id
  AND (h.module_ids IS NULL OR list_contains(h.module_ids, coalesce(k.module_id, '')))
-- A second completion is no credit for the first one's certificate, nor the other way round.
QUALIFY o.credited_on = h.completed_on OR NOT bool_or(o.credited_on = h.completed_on) OVER (PARTITION BY h.rid, o.oid)
