-- long_play: one row per participant and clip of a registered module that played for media.long_s or longer: the longest
-- time that it played for them without any input, and the play.
-- kept as a part
WITH play AS (
  SELECT c.rid, c.pid, c.oid, c.object_id, c.pos, c.end_us FROM clip c JOIN owner_key k ON k.oid = c.oid AND k.is_registered
  WHERE c.end_us - c.start_us >= getvariable('media_long_us')),
quiet AS (
  SELECT pid, oid, pos, at_of(pos) AS start_us, at_of(next_pos) AS end_us FROM attention
  WHERE is_long AND at_of(next_pos) - at_of(pos) > getvariable('media_long_us')),
-- A play is an input itself, so that it never begins within a stretch.
alone AS (
  SELECT p.rid, least(q.end_us, p.end_us) - q.start_us AS alone_us
  FROM play p JOIN quiet q ON q.pid = p.pid AND q.oid = p.oid AND q.pos >= p.pos AND q.start_us < p.end_us
  -- What the learning system recorded as idle is no learning, whatever played.
  ANTI JOIN idle_record i ON i.pid = q.pid AND i.oid = q.oid AND i.start_us < least(q.end_us, p.end_us) AND i.end_us > q.start_us),
longest AS (SELECT rid, max(alone_us) AS alone_us FROM alone GROUP BY rid)
SELECT p.pid, p.oid, coalesce(p.object_id, '–') AS object_id, max(coalesce(l.alone_us, 0)) AS alone_us,
  arg_max(p.rid, (coalesce(l.alone_us, 0), -p.rid)) AS rid
FROM play p LEFT JOIN longest l USING (rid) GROUP BY p.pid, p.oid, p.object_id
