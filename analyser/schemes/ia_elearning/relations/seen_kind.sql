-- seen_kind: one row per participant and kind of event that a whole export may lack: identity checks,
-- records of idle time, automatic logouts, warnings.
-- kept as a part
SELECT DISTINCT pid, 'verify' AS kind FROM dated_event WHERE kind = 'verify'
UNION ALL
SELECT DISTINCT pid, kind::VARCHAR FROM moment WHERE kind IN ('idle', 'timeout', 'acknowledge')
