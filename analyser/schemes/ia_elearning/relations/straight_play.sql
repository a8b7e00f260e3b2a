-- straight_play: one row per participant and clip with a registered length that was played from its start to its end in
-- some session without a pause: how often, how often that was told to take far longer than registered, and the least of these.
-- kept as a part
WITH length AS (
  SELECT k.oid, i.object_id, max(i.length_us) AS length_us
  FROM items i JOIN owner_key k ON k.activity_id = i.activity_id AND k.module_id IS NOT DISTINCT FROM i.module_id
  WHERE i.length_us > 0 GROUP BY ALL),
played AS (
  SELECT s.pid, s.oid, e.object_id, l.length_us, count(*) FILTER (s.kind = 'media_play') AS play_count, count(*) AS event_count,
    min(s.pos) FILTER (s.kind = 'media_play') AS play_pos, min(s.pos) FILTER (s.kind = 'media_end') AS end_pos,
    min(s.rid) AS first_rid, max(s.rid) AS last_rid, max(e.duration_us) FILTER (s.kind = 'media_play') AS left_us
  FROM seated s JOIN stored_event e USING (rid) JOIN length l ON l.oid = s.oid AND l.object_id = e.object_id
  WHERE s.kind IN ('media_play', 'media_pause', 'media_end') AND NOT s.is_late
  GROUP BY s.pid, s.oid, s.sess, e.object_id, l.length_us),
straight AS (
  -- What the player says of the clip's length is better than the clock, which goes on while a computer sleeps.
  SELECT *, coalesce(left_us, at_of(end_pos) - at_of(play_pos)) AS told_us, told_us > length_us * getvariable('media_length_times') AS is_long
  FROM played WHERE play_count = 1 AND event_count = 2 AND end_pos > play_pos)
SELECT pid, oid, object_id, count(*) AS straight_count, count(*) FILTER (is_long) AS long_count,
  min(told_us) FILTER (is_long) AS long_us, min([first_rid, last_rid]) FILTER (is_long) AS rids
FROM straight GROUP BY pid, oid, object_id
