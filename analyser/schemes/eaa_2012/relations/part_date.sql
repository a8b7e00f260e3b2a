-- part_date: one row per part and day that decides: its days of contact and the last day of all.
SELECT DISTINCT p.part AS oid, coalesce(t.last_on, DATE '1970-01-01') AS on_date
FROM register_part p LEFT JOIN activity_time t USING (oid)
UNION
SELECT p.part, d.day FROM register_part p JOIN contact_day d USING (oid) WHERE d.is_tested
