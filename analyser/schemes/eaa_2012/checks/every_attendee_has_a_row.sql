-- every_attendee_has_a_row: one row per participant and activity with a scan, without exactly one credit row.
SELECT a.pid, a.oid FROM attendee a
JOIN participant_key p USING (pid) JOIN owner_key k USING (oid)
LEFT JOIN credits c ON c.participant_id = p.participant_id AND c.activity_id = k.activity_id
GROUP BY a.pid, a.oid HAVING count(c.participant_id) <> 1
