-- one row per weather warning: is its effect known?
WITH known AS (SELECT key FROM policy_map WHERE name = 'wx.signals')
SELECT CASE WHEN w.signal IN (SELECT key FROM known) AND coalesce(w.announced_us, w.issued_us) IS NOT NULL THEN 'passed'
    ELSE 'failed' END AS verdict,
  'register' AS level, coalesce(w.announced_us, w.issued_us) AS at_us, 1 AS value, 'weather' AS rid_table, [w.rid] AS rids
FROM weather w
