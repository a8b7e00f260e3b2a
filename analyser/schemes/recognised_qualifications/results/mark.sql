-- mark: one row per moment worth a mark in a picture: none, as claims have none.
SELECT NULL::VARCHAR AS participant_id, NULL::BIGINT AS at_us, NULL::VARCHAR AS kind, NULL::VARCHAR AS outcome
WHERE false
