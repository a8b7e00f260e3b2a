-- certificate_record: one row per certificate with some credit: what the log and the registers say where it prints something.
WITH held_against AS (
  SELECT rid, max(credited_on) AS last_on, list(DISTINCT credited_on) AS credited_days,
    list(DISTINCT approval_no) FILTER (approval_no IS NOT NULL) AS approval_nos, list(DISTINCT title) FILTER (title IS NOT NULL) AS titles,
    list(DISTINCT provider) FILTER (provider IS NOT NULL) AS providers,
    list(DISTINCT category) FILTER (category IS NOT NULL) AS categories, list(DISTINCT mode) AS modes, list(DISTINCT module_id) AS module_ids
  FROM certificate_row GROUP BY rid),
person AS (
  -- Rows of the register that give one person several names: any of them may be printed.
  SELECT participant_id, list(rid ORDER BY rid) FILTER (name IS NOT NULL OR name_zh IS NOT NULL) AS name_rids,
    list({'name': name, 'name_zh': name_zh}) FILTER (name IS NOT NULL OR name_zh IS NOT NULL) AS names,
    -- As they are registered, in one language or in both.
    list_concat(names, list_concat(list({'name': name, 'name_zh': NULL}) FILTER (name IS NOT NULL),
      list({'name': NULL, 'name_zh': name_zh}) FILTER (name_zh IS NOT NULL))) AS exact_names
  FROM participants GROUP BY ALL)
SELECT c.*, h.* EXCLUDE (rid, module_ids), h.module_ids AS earned_ids, p.names, p.exact_names, p.name_rids
FROM certificate_credit c JOIN held_against h USING (rid) LEFT JOIN person p USING (participant_id)
