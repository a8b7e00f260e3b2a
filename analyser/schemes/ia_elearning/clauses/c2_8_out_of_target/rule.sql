-- one row per registered activity that was not open to the public when somebody took it: were they staff?
-- across participants
WITH taken AS (
  SELECT l.pid, r.activity_id, r.rid, r.provider, p.employer,
    list_sort(list_distinct([trim(word) FOR word IN string_split(r.audience, ';') IF trim(word) <> ''])) AS audience
  FROM credit_line l
  JOIN register_at('taken_date') d ON d.oid = l.oid AND d.on_date = l.on_date
  JOIN register_row r ON r.oid = d.oid AND r.rank = d.rank
  JOIN participant_key k ON k.pid = l.pid
  LEFT JOIN participants p ON p.participant_id = k.participant_id),
compared AS (
  -- Whoever changed employers may stand in the register twice.
  SELECT pid, activity_id, rid, CASE WHEN audience = ['internal'] THEN bool_and(NOT is_same_word(employer, provider)) END AS is_other,
    NOT list_has_all((SELECT list(word) FROM known_word WHERE place = 'activities.audience'), audience) AS is_unclear
  FROM taken WHERE len(audience) > 0 AND NOT list_contains(audience, 'public') GROUP BY pid, activity_id, rid, audience)
SELECT CASE WHEN bool_or(is_other) THEN 'failed' WHEN bool_and(is_other IS NULL) THEN 'not_assessable' ELSE 'passed' END AS verdict,
  'register' AS level, activity_id, count(DISTINCT pid) FILTER (is_other) AS value, 'activities' AS rid_table,
  coalesce(list(DISTINCT rid ORDER BY rid) FILTER (is_other), [min(rid)]) AS rids,
  CASE WHEN bool_or(is_unclear) THEN 'the register of activities names an audience that is not known'
    ELSE 'who commissioned it, or who employs whom, is not in the registers' END AS why
FROM compared GROUP BY activity_id
