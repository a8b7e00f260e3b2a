-- stay_piece: one row per longest run of one paired visit and state. What lies in no contact time,
-- break or assessment is nobody's learning.
WITH inside AS (
  SELECT v.pid, v.oid, v.sess, v.start_us AS visit_us, greatest(v.start_us, p.start_us) AS start_us, least(v.end_us, p.end_us) AS end_us,
    CASE WHEN p.is_lost THEN 'portal' WHEN p.kind = 'contact' THEN 'learning' ELSE p.kind END AS state
  FROM (FROM visit WHERE is_paired) v
  JOIN timetable_piece p ON p.oid = v.oid AND p.start_us < v.end_us AND v.start_us < p.end_us
  JOIN owner_key k ON k.oid = v.oid AND k.is_registered),
every AS (
  SELECT pid, oid, sess, start_us, end_us, state FROM inside
  UNION ALL
  SELECT pid, oid, sess, coalesce(lag(end_us) OVER (PARTITION BY sess ORDER BY start_us), visit_us), start_us, 'portal' FROM inside
  UNION ALL
  SELECT v.pid, v.oid, v.sess, coalesce(max(i.end_us), v.start_us), v.end_us, 'portal'
  FROM visit v LEFT JOIN inside i USING (sess) WHERE v.is_paired GROUP BY v.pid, v.oid, v.sess, v.start_us, v.end_us),
marked AS (
  SELECT *, coalesce(lag(state) OVER w <> state, true) AS is_new
  FROM every WHERE end_us > start_us WINDOW w AS (PARTITION BY sess ORDER BY start_us)),
numbered AS (
  SELECT *, count(CASE WHEN is_new THEN 1 END) OVER (PARTITION BY sess ORDER BY start_us) AS n FROM marked)
SELECT pid, oid, sess, state, min(start_us) AS start_us, max(end_us) AS end_us
FROM numbered GROUP BY pid, oid, sess, state, n
