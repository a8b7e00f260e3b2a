-- presence: one row per participant and owner: first and last event of their own.
SELECT pid, oid, min(pos) AS first_pos, max(pos) AS last_pos, arg_min(rid, pos) AS first_rid
FROM moment WHERE oid > 0 GROUP BY ALL
