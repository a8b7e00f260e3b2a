-- long_play: one row per participant and clip of a registered module that played for media.long_s or longer: the longest
-- time that it played for them without any input outside the module's assessments, and the play.
-- kept as a part
WITH play AS (
  SELECT c.rid, c.pid, c.oid, c.object_id, c.pos, c.end_us FROM clip c JOIN owner_key k ON k.oid = c.oid AND k.is_registered
  WHERE c.end_us - c.start_us >= getvariable('media_long_us')),
quiet AS (
  SELECT pid, oid, pos, at_of(pos) AS start_us, at_of(next_pos) AS end_us FROM attention
  WHERE is_long AND at_of(next_pos) - at_of(pos) > getvariable('media_long_us')),
-- What lies between the module's assessments: these are no learning, whatever plays in them.
test AS (
  SELECT pid, oid, at_of(begin_pos) AS start_us, at_of(end_pos) AS end_us FROM attempt SEMI JOIN play USING (pid, oid)
  UNION ALL SELECT pid, oid, max(end_us), max(end_us) FROM play GROUP BY ALL),
between_tests AS (
  SELECT pid, oid, start_us AS until_us, max(end_us) OVER (PARTITION BY pid, oid ORDER BY start_us, end_us
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS since_us
  FROM test),
-- A play is an input itself, so that it never begins within a stretch.
alone AS (
  SELECT p.rid, p.pid, p.oid, q.start_us, least(q.end_us, p.end_us) AS end_us
  FROM play p JOIN quiet q ON q.pid = p.pid AND q.oid = p.oid AND q.pos >= p.pos AND q.start_us < p.end_us
  -- What the learning system recorded as idle is no learning, whatever played.
  ANTI JOIN idle_record i ON i.pid = q.pid AND i.oid = q.oid AND i.start_us < least(q.end_us, p.end_us) AND i.end_us > q.start_us),
longest AS (
  SELECT a.rid, max(least(a.end_us, b.until_us) - greatest(a.start_us, b.since_us)) AS alone_us
  FROM alone a JOIN between_tests b ON b.pid = a.pid AND b.oid = a.oid
    AND b.until_us > a.start_us AND coalesce(b.since_us < a.end_us, true)
  GROUP BY a.rid)
SELECT p.pid, p.oid, coalesce(p.object_id, '–') AS object_id, max(greatest(l.alone_us, 0)) AS alone_us,
  arg_max(p.rid, (greatest(l.alone_us, 0), -p.rid)) AS rid
FROM play p LEFT JOIN longest l USING (rid) GROUP BY p.pid, p.oid, p.object_id
