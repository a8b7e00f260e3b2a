-- credit_fact: one row per claim, as the codes of a row are gathered by it.
SELECT pid, oid, row_no, activity_id, NULL::BIGINT AS row_begin_pos, NULL::BIGINT AS credit_pos FROM claim
