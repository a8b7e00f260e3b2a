-- presence: one row per participant and owner: first and last event of their own, and first and last use of what is to be learned
-- (a page, clip, exercise or post; a word that is not known may be any of them).
SELECT pid, oid, min(pos) AS first_pos, max(pos) AS last_pos, arg_min(rid, pos) AS first_rid,
  min(CASE WHEN is_use THEN pos END) AS first_use_pos, max(CASE WHEN is_use THEN pos END) AS last_use_pos
FROM (SELECT *, kind IN ('view', 'interact', 'post', 'media_play', 'media_pause', 'media_end', 'other') AS is_use FROM moment WHERE oid > 0)
GROUP BY ALL
