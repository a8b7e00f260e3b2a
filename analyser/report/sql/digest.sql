-- one row per participant of one pass: the SHA-256 of the participant's sorted rows
SELECT sha256(array_to_string(list_sort(list(concat($row))), '')) AS sha256
FROM $relation
WHERE $$1 = 1 OR hash(participant_id) % CAST($$1 AS UBIGINT) = CAST($$2 AS UBIGINT)
GROUP BY participant_id
