-- one row per clip of a registered module that played for somebody for media.long_s or longer: was there an input in time?
-- across participants
SELECT CASE WHEN count(*) FILTER (alone_us > getvariable('media_long_us')) > 0 THEN 'failed' ELSE 'passed' END AS verdict,
  'register' AS level, oid, max(alone_us) / 1000000 AS value, getvariable('media_long_us') / 1000000 AS limit_value,
  map {'object': object_id, 'all': count(*)::VARCHAR,
    'people': (count(*) FILTER (alone_us > getvariable('media_long_us')))::VARCHAR} AS texts,
  coalesce(list(rid ORDER BY rid) FILTER (alone_us > getvariable('media_long_us')), []) AS rids
FROM long_play GROUP BY oid, object_id
