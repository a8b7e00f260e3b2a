-- clip: one row per clip that played: from its start to the first pause or end of the same object,
-- the next start in the session, the session's end, or its own length running out.
WITH played AS (
  SELECT s.rid, s.pid, s.pos, s.kind, s.oid, s.sess, e.object_id, e.duration_us
  FROM seated s JOIN stored_event e USING (rid)
  WHERE s.kind IN ('media_play', 'media_pause', 'media_end') AND NOT s.is_late),
length AS (
  SELECT k.oid, i.object_id, max(i.length_us) AS length_us
  FROM items i JOIN owner_key k
    ON k.activity_id = i.activity_id AND k.module_id IS NOT DISTINCT FROM i.module_id
  GROUP BY ALL),
stopped AS (
  SELECT *,
    min(CASE WHEN kind <> 'media_play' THEN pos END) OVER (PARTITION BY sess, object_id ORDER BY pos
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS stop_pos,
    min(CASE WHEN kind = 'media_play' THEN pos END) OVER (PARTITION BY sess ORDER BY pos
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_pos
  FROM played)
SELECT p.rid, p.pid, p.oid, p.object_id, p.sess, p.pos, at_of(p.pos) AS start_us,
  least(at_of(p.stop_pos), at_of(p.next_pos), s.end_us,
    at_of(p.pos) + coalesce(p.duration_us, l.length_us, getvariable('media_max_us'))) AS end_us,
  coalesce(p.duration_us, l.length_us) IS NULL AS is_unmeasured
FROM stopped p JOIN session s USING (sess)
LEFT JOIN length l ON l.oid = p.oid AND l.object_id = p.object_id
WHERE p.kind = 'media_play'
