-- one row per clip with a registered length that somebody played straight through: is it as long as registered?
-- across participants
WITH clip AS (
  SELECT oid, object_id, sum(straight_count) AS straight_count, sum(long_count) AS long_count, min(long_us) AS long_us,
    list_sort(flatten(list(rids))) AS play_rids
  FROM straight_play GROUP BY oid, object_id),
listed AS (
  SELECT k.oid, i.object_id, k.activity_id, k.module_id, max(i.length_us) AS length_us, list(i.rid ORDER BY i.rid) AS rids
  FROM items i JOIN owner_key k ON k.activity_id = i.activity_id AND k.module_id IS NOT DISTINCT FROM i.module_id
  WHERE i.length_us > 0 GROUP BY ALL)
-- One player left open says nothing of the clip; what most of them say does.
SELECT CASE WHEN 2 * long_count > straight_count THEN 'failed' ELSE 'passed' END AS verdict, 'register' AS level, l.activity_id, l.module_id,
  long_us / 1000000 AS value, l.length_us / 1000000 AS limit_value, map {'object': l.object_id, 'plays': straight_count::VARCHAR,
    'long': long_count::VARCHAR, 'beside_table': 'events', 'beside': array_to_string(play_rids, ';')} AS texts,
  'items' AS rid_table, l.rids
FROM clip c JOIN listed l USING (oid, object_id)
