-- owner_key: one row per industry (or class, or agency) and qualification that is claimed.
SELECT activity_id, module_id, row_number() OVER (ORDER BY activity_id, module_id)::INTEGER AS oid
FROM (SELECT DISTINCT activity_id, module_id FROM claim_place)
