-- one row per registered activity that is not open to the public: are its participants staff?
-- across participants
WITH closed AS (
  -- The latest register row says it, in whatever order the rows came.
  SELECT activity_id, unnest(max({'begins': coalesce(approved_from, DATE '0001-01-01'), 'provider': provider,
    'audience': audience, 'rid': rid}))
  FROM activities WHERE audience IS NOT NULL AND NOT contains(audience, 'public') GROUP BY activity_id),
taking AS (
  SELECT DISTINCT k.activity_id, p.participant_id, r.employer
  FROM seen_module JOIN participant_key p USING (pid) JOIN owner_key k USING (oid)
  LEFT JOIN participants r ON r.participant_id = p.participant_id)
SELECT CASE WHEN contains(c.audience, 'commissioned') OR c.provider IS NULL OR count(t.employer) = 0 THEN 'not_assessable'
    WHEN count(*) FILTER (t.employer <> c.provider) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, c.activity_id, count(*) FILTER (t.employer <> c.provider) AS value,
  'activities' AS rid_table, [c.rid] AS rids, 'who commissioned it, or who employs whom, is not in the registers' AS why
FROM closed c LEFT JOIN taking t ON t.activity_id = c.activity_id
GROUP BY c.activity_id, c.audience, c.provider, c.rid
