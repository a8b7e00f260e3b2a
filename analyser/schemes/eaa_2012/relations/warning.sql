-- warning: one row per warning of the Observatory that has an effect, by the policy's table of signals.
SELECT w.rid, w.announced_us, w.issued_us, w.cancelled_us, least(w.announced_us, w.issued_us) AS first_us,
  m.value = 'rain' AS is_rain
FROM weather w JOIN policy_map m ON m.name = 'wx.signals' AND m.key = w.signal AND m.value <> 'none'
WHERE least(w.announced_us, w.issued_us) IS NOT NULL
