-- one row per awarded credit row: is there a certificate?
SELECT CASE WHEN (SELECT count(*) FROM certificates) = 0 THEN 'not_assessable'
    WHEN count(c.rid) > 0 THEN 'passed' ELSE 'failed' END AS verdict,
  'certificate' AS level, o.pid, o.oid, any_value(o.points_left) AS value, any_value(o.ends_us) AS at_us, 'scans' AS rid_table,
  [any_value(o.first_rid)] AS rids, 'there is no register of certificates' AS why
FROM credit_outcome o JOIN participant_key p USING (pid)
LEFT JOIN certificates c ON c.participant_id = p.participant_id AND c.activity_id = o.activity_id
WHERE o.figure = 'likely' AND o.status = 'awarded' GROUP BY o.pid, o.oid
