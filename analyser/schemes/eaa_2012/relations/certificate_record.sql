-- certificate_record: one row per certificate of awarded points: what the register of activities and of participants
-- say where the certificate prints something.
WITH part AS (
  -- An empty cell of the register is nothing to compare with.
  SELECT activity_oid AS oid, coalesce(list(DISTINCT approval_no) FILTER (approval_no IS NOT NULL), []) AS approval_nos,
    coalesce(list(DISTINCT title) FILTER (title IS NOT NULL), []) AS titles,
    coalesce(list(DISTINCT provider) FILTER (provider IS NOT NULL), []) AS providers,
    coalesce(list(DISTINCT category) FILTER (category IS NOT NULL), []) AS categories
  FROM part_in_force GROUP BY ALL),
person AS (
  SELECT participant_id, list({'name': name, 'name_zh': name_zh}) FILTER (name IS NOT NULL OR name_zh IS NOT NULL) AS names,
    list(rid ORDER BY rid) FILTER (name IS NOT NULL OR name_zh IS NOT NULL) AS name_rids,
    list(DISTINCT licence_no) FILTER (licence_no IS NOT NULL) AS licence_nos
  FROM participants GROUP BY ALL)
SELECT c.*, r.* EXCLUDE (oid), f.points AS full_points, t.last_on, p.names, p.name_rids, coalesce(p.licence_nos, []) AS licence_nos
FROM certificate_points c JOIN owner_key k USING (activity_id) JOIN part r ON r.oid = k.oid
JOIN activity_fact f ON f.oid = k.oid LEFT JOIN activity_time t ON t.oid = k.oid LEFT JOIN person p USING (participant_id)
WHERE c.status = 'awarded'
