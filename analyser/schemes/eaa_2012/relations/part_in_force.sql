-- part_in_force: one row per part: its register row on the activity's last day, and whether every day
-- that is tested lies in an approval.
WITH dated AS (FROM register_at('part_date')),
tested AS (
  SELECT p.part, bool_and(d.is_approved) AS is_approved
  FROM register_part p JOIN contact_day c ON c.oid = p.oid AND c.is_tested
  JOIN dated d ON d.oid = p.part AND d.on_date = c.day GROUP BY ALL)
SELECT p.oid AS activity_oid, p.part, coalesce(t.is_approved, false) AS is_approved,
  count(*) OVER (PARTITION BY p.oid) AS parts, x.contact_us, r.* EXCLUDE (oid)
FROM register_part p
LEFT JOIN activity_time x ON x.oid = p.oid
JOIN dated d ON d.oid = p.part AND d.on_date = coalesce(x.last_on, DATE '1970-01-01')
JOIN register_row r ON r.oid = p.part AND r.rank = d.rank
LEFT JOIN tested t ON t.part = p.part
