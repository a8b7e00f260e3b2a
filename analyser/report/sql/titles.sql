-- one row per activity and module: the titles of its latest approval
SELECT
    activity_id, module_id,
    arg_max(title, (coalesce(approved_from, DATE '0001-01-01'), title)) AS title,
    arg_max(module_title, (coalesce(approved_from, DATE '0001-01-01'), module_title)) AS module_title
FROM activities
GROUP BY activity_id, module_id
