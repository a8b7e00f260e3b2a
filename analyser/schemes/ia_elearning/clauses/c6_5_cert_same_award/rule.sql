-- one row per certificate with awarded credit behind it: was a certificate of another number issued before it for the same?
WITH award AS (
  -- Without the modules' names it stands for all of them only if it prints all their hours.
  SELECT l.rid, l.pid, l.oid, l.row_no, l.credited_minutes, c.certificate_no AS number, coalesce(c.issued_on, DATE '9999-12-31') AS issued_on,
    c.module_ids IS NULL AND l.module_id IS NOT NULL AS is_unnamed, coalesce(c.hours * 60 >= c.awarded_minutes, false) AS is_whole
  FROM certificate_line l JOIN certificate_credit c USING (rid) WHERE l.status = 'awarded'),
pair AS (
  SELECT b.rid, b.oid, b.row_no, b.credited_minutes, a.rid AS other_rid, {'issued_on': a.issued_on, 'number': a.number} AS other,
    -- Whatever a certificate stands for is a part of what the whole stands for.
    NOT (a.is_unnamed OR b.is_unnamed) OR (a.is_unnamed AND a.is_whole) OR (b.is_unnamed AND b.is_whole) AS is_same,
    is_same AND (a.issued_on, a.number) < (b.issued_on, b.number) AS is_later
  FROM award a JOIN award b ON b.pid = a.pid AND b.oid = a.oid AND b.row_no = a.row_no AND b.number <> a.number),
told AS (
  SELECT rid, bool_or(is_later) AS is_later, bool_and(is_same) AS is_known, min(other) FILTER (is_later) AS first,
    coalesce(list_sort(list(DISTINCT other_rid) FILTER (is_later)), []) AS rids,
    list_sum(map_values(map_from_entries(list(DISTINCT ((oid, row_no), credited_minutes)) FILTER (is_later)))) AS minutes
  FROM pair GROUP BY rid)
SELECT CASE WHEN t.is_later THEN 'failed' WHEN t.rid IS NULL OR t.is_known THEN 'passed' ELSE 'not_assessable' END AS verdict,
  'certificate' AS level, c.participant_id, c.activity_id, t.minutes::DECIMAL(18,3) / 60 AS value,
  CASE WHEN t.is_later THEN map {'no': c.certificate_no, 'on': c.completed_on::VARCHAR, 'first': t.first['number']} END AS texts,
  'certificates' AS rid_table, coalesce(t.rids, []) || [c.rid] AS rids,
  'one of two certificates names no modules and prints fewer hours than were awarded' AS why
FROM certificate_credit c LEFT JOIN told t USING (rid) WHERE c.awarded_minutes > 0
