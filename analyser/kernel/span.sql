-- span: one row per longest run of one session (by its name), owner and state.
WITH named AS (SELECT sess, min(sess) OVER (PARTITION BY pid, session_id) AS first_sess FROM session),
stated AS (
  SELECT pid, oid, first_sess AS sess, start_us, end_us,
    CASE WHEN oid = 0 THEN 'portal' WHEN is_assessment THEN 'assessment' WHEN is_idle THEN 'idle'
      WHEN is_media THEN 'media' ELSE 'learning' END AS state
  FROM segment JOIN named USING (sess)),
marked AS (
  SELECT *, coalesce(lag(end_us) OVER w <> start_us OR lag(sess) OVER w <> sess
    OR lag(state) OVER w <> state, true) AS is_new
  FROM stated WINDOW w AS (PARTITION BY pid, oid ORDER BY start_us)),
numbered AS (
  SELECT *, count(CASE WHEN is_new THEN 1 END) OVER (PARTITION BY pid, oid ORDER BY start_us) AS n FROM marked)
SELECT pid, oid, sess, state, min(start_us) AS start_us, max(end_us) AS end_us
FROM numbered GROUP BY pid, oid, sess, state, n
