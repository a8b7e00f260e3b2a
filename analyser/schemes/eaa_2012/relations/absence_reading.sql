-- absence_reading: one row per completed credit row of a registered activity: what absence costs by the policy in force, and
-- whether missing scans leave that open (the policy holds such a row, and the paired scans alone would cost more).
SELECT l.*, getvariable('door_missing') = 'hold' AND p.absence_code IS DISTINCT FROM l.absence_code AS is_open
FROM attendance l JOIN attendance p USING (pid, oid)
WHERE l.figure = 'likely' AND p.figure = 'lower' AND l.is_complete
