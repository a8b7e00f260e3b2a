-- checked_row: one row per credited row with identity checks in its time: no page, clip, exercise or post of the module, and
-- how much of the learning time follows the checks?
-- kept as a part
WITH checked AS (
  SELECT pid, oid, row_no, begin_pos, credit_pos, active_us, count(*) AS n, min(pos) AS first_pos, max(pos) AS last_pos,
    list(rid ORDER BY pos)[:100] AS rids
  FROM row_check GROUP BY ALL),
-- Where the first or the last use of the module lies in the row's time nothing more is asked: nearly everywhere.
doubtful AS MATERIALIZED (
  SELECT c.* FROM checked c LEFT JOIN presence u USING (pid, oid)
  WHERE NOT coalesce((u.first_use_pos > c.begin_pos AND u.first_use_pos <= c.credit_pos)
    OR (u.last_use_pos > c.begin_pos AND u.last_use_pos <= c.credit_pos), false)),
-- The few rows in doubt come first: no plan may begin with everybody's attempts.
near AS MATERIALIZED (
  SELECT rid, pid, oid, pos FROM moment SEMI JOIN doubtful USING (pid, oid)
  WHERE kind IN ('view', 'interact', 'post', 'media_play', 'media_pause', 'media_end', 'other', 'assessment_start', 'question',
    'answer', 'assessment_submit')),
-- A question of no attempt is practice. What no word is known of may be anything, a page as well.
used AS (SELECT pid, oid, pos FROM near ANTI JOIN attempt_event USING (rid)),
unused AS MATERIALIZED (
  SELECT c.* FROM doubtful c ASOF LEFT JOIN used u ON u.pid = c.pid AND u.oid = c.oid AND c.credit_pos >= u.pos
  WHERE coalesce(u.pos, -1) <= c.begin_pos),
-- The time after a check ends with the next input, and at the latest with the stay in the module.
followed AS (
  SELECT r.pid, r.oid, r.row_no, at_of(r.pos) AS start_us, least(at_of(m.pos), l.end_us, at_of(r.credit_pos)) AS end_us
  FROM (FROM row_check SEMI JOIN unused USING (pid, oid, row_no)) r
  ASOF JOIN (FROM learned_run SEMI JOIN unused USING (pid, oid)) l ON l.pid = r.pid AND l.oid = r.oid AND at_of(r.pos) >= l.start_us
  ASOF LEFT JOIN (FROM moment SEMI JOIN unused USING (pid) WHERE is_input) m ON m.pid = r.pid AND r.pos < m.pos
  ANTI JOIN attempt t ON t.pid = r.pid AND t.oid = r.oid AND r.pos >= t.begin_pos AND r.pos < t.end_pos),
after_checks AS (
  SELECT pid, oid, row_no, sum(greatest(coalesce(idle_from(start_us, end_us, getvariable('idle_threshold_us'),
    getvariable('idle_count') = 'whole'), end_us) - start_us, 0))::BIGINT AS check_us
  FROM followed GROUP BY ALL)
SELECT c.pid, c.oid, c.row_no, c.active_us, c.n, at_of(c.first_pos) AS first_us, at_of(c.last_pos) AS last_us, c.rids, f.check_us,
  u.pid IS NOT NULL AND coalesce(f.check_us, 0) * 100 >= c.active_us * getvariable('checks_alone_percent') AS is_alone
FROM checked c LEFT JOIN unused u USING (pid, oid, row_no) LEFT JOIN after_checks f USING (pid, oid, row_no)
