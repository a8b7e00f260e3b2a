-- every_answer_is_of_a_participant: one row per rule that asks of each participant alone and whose
-- answers do not say of whom: the next assessment could not tell which of them still hold.
SELECT DISTINCT code FROM rule_answer JOIN finding_card USING (code)
WHERE coalesce(pid::VARCHAR, participant_id) IS NULL AND NOT is_across AND verdict <> 'not_assessable'
