-- rows of one table of the chosen participants, in the order of the files
SELECT * FROM $relation
WHERE participant_id IN (SELECT unnest(CAST(? AS VARCHAR[])))
ORDER BY $order
