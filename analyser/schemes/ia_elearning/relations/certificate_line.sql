-- certificate_line: one row per certificate and credit row that it stands for: of the modules it names (all, if it
-- names none), in the assessment period of the completion date it shows.
WITH holder AS MATERIALIZED (
  -- Held by whom comes first: no plan may begin with everybody's credit of a period.
  SELECT c.rid, p.pid, c.activity_id, period_of(c.completed_on) AS period,
    string_split(replace(c.module_ids, ' ', ''), ';') AS module_ids
  FROM own_certificate c JOIN participant_key p USING (participant_id))
SELECT h.rid, o.pid, o.oid, o.row_no, k.module_id, o.status, o.credited_minutes, o.credited_on, o.on_date
FROM holder h
JOIN credit_line o ON o.pid = h.pid AND o.period = h.period
JOIN owner_key k ON k.oid = o.oid AND k.activity_id = h.activity_id
  AND (h.module_ids IS NULL OR list_contains(h.module_ids, coalesce(k.module_id, '')))
