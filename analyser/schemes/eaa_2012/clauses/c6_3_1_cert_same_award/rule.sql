-- one row per certificate with awarded points behind it: was a certificate of another number issued before it for the same?
WITH award AS (
  SELECT *, certificate_no AS number, coalesce(issued_on, DATE '9999-12-31') AS known_on FROM certificate_points WHERE status = 'awarded'),
told AS (
  SELECT b.rid, min({'on': a.known_on, 'number': a.number}) AS first, list_sort(list(DISTINCT a.rid)) AS rids
  FROM award a JOIN award b ON b.participant_id = a.participant_id AND b.activity_id = a.activity_id AND b.number <> a.number
    AND (a.known_on, a.number) < (b.known_on, b.number)
  GROUP BY b.rid)
SELECT CASE WHEN t.rid IS NULL THEN 'passed' ELSE 'failed' END AS verdict, 'certificate' AS level, w.participant_id, w.activity_id,
  w.earned_points AS value, CASE WHEN t.rid IS NOT NULL THEN map {'no': w.number, 'first': t.first['number']} END AS texts,
  'certificates' AS rid_table, coalesce(t.rids, []) || [w.rid] AS rids
FROM award w LEFT JOIN told t USING (rid)
