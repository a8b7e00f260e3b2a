-- sitting_seed: one row per activity and day, before its first part.
SELECT DISTINCT oid, day, 0::BIGINT AS turn, NULL::BIGINT AS begun_us FROM day_part
