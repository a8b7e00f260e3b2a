-- seen_kind: one row per participant and kind of event that a whole export may lack: identity checks,
-- records of idle time, automatic logouts, warnings, use of the material (pages, clips, exercises, posts).
-- kept as a part
SELECT DISTINCT pid, 'verify' AS kind FROM dated_event WHERE kind = 'verify'
UNION ALL
SELECT DISTINCT pid, kind::VARCHAR FROM moment WHERE kind IN ('idle', 'timeout', 'acknowledge')
UNION ALL
SELECT DISTINCT pid, 'use' FROM moment WHERE kind IN ('view', 'interact', 'post', 'media_play', 'media_pause', 'media_end')
