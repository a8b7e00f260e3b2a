-- one row per registered activity with a timetable: is its contact time the approved one?
SELECT CASE WHEN NOT f.has_contact_minutes THEN 'not_assessable' WHEN t.contact_us = f.contact_minutes * 60000000 THEN 'passed'
    ELSE 'failed' END AS verdict,
  'register' AS level, f.oid, t.contact_us // 60000000 AS value, f.contact_minutes AS limit_value,
  'activities' AS rid_table, f.rids, 'the register shows no contact minutes' AS why
FROM activity_fact f JOIN activity_time t USING (oid) WHERE t.contact_us > 0
