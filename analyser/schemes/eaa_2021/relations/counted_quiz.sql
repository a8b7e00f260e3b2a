-- counted_quiz: one row per submitted quiz, with what had been watched before it. `n` numbers those that
-- were unlocked and passed: the first earns the points, later ones repeat it.
SELECT q.*, w.watched_us, w.video_us, w.is_enough,
  CASE WHEN q.is_passed AND coalesce(w.is_enough OR w.video_us IS NULL, true)
    THEN row_number() OVER (PARTITION BY q.pid, q.oid, q.is_passed AND coalesce(w.is_enough OR w.video_us IS NULL, true)
      ORDER BY q.submit_pos) END AS n
FROM quiz q JOIN watched w USING (pid, oid, attempt_id)
