-- one row per two sessions of one participant at the same time, or per participant who has too many: are they of one place?
WITH
-- A place is a device, or an address where devices are not known.
place AS (
  SELECT m.sess, coalesce(list(DISTINCT e.device) FILTER (e.device IS NOT NULL), []) AS devices,
    coalesce(list(DISTINCT e.ip) FILTER (e.ip IS NOT NULL), []) AS addresses, min(rid) AS rid
  FROM seated m JOIN stored_event e USING (rid)
  WHERE m.sess IN (SELECT sess FROM both_open UNION SELECT other_sess FROM both_open) GROUP BY m.sess),
compared AS (
  SELECT o.*, [a.rid, b.rid] AS rids, len(a.devices) > 0 AND len(b.devices) > 0 AS has_devices,
    len(a.addresses) > 0 AND len(b.addresses) > 0 AS has_addresses,
    list_has_any(a.devices, b.devices) AS is_one_device, list_has_any(a.addresses, b.addresses) AS is_one_address
  FROM both_open o JOIN place a ON a.sess = o.sess JOIN place b ON b.sess = o.other_sess)
SELECT CASE WHEN is_one_device OR is_one_address THEN 'passed' WHEN has_devices OR has_addresses THEN 'failed'
    ELSE 'not_assessable' END AS verdict,
  'session' AS level, pid, sess, from_us AS at_us, to_us AS until_us, (to_us - from_us) // 1000000 AS value,
  getvariable('places_overlap_us') // 1000000 AS limit_value, rids, 'the events carry neither device nor address' AS why
FROM compared
UNION ALL BY NAME
SELECT 'not_assessable' AS verdict, 'participant' AS level, pid,
  'so many sessions overlap that they were not compared two by two' AS why
FROM both_open WHERE sess IS NULL
