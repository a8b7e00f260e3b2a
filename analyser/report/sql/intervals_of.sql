-- one row: how many intervals a participant has
SELECT count(*) AS spans FROM intervals WHERE participant_id = ?
