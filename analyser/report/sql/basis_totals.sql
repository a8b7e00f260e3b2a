-- one row: minutes under the three time bases, awarded and held apart
SELECT
    count(*) AS credit_rows,
    CAST(coalesce(sum(evidenced_minutes) FILTER (WHERE NOT is_held), 0) AS BIGINT) AS evidenced,
    CAST(coalesce(sum(completion_minutes) FILTER (WHERE NOT is_held), 0) AS BIGINT) AS completion,
    CAST(coalesce(sum(floor_minutes) FILTER (WHERE NOT is_held), 0) AS BIGINT) AS floor,
    CAST(coalesce(sum(evidenced_minutes) FILTER (WHERE is_held), 0) AS BIGINT) AS evidenced_held,
    CAST(coalesce(sum(completion_minutes) FILTER (WHERE is_held), 0) AS BIGINT) AS completion_held,
    CAST(coalesce(sum(floor_minutes) FILTER (WHERE is_held), 0) AS BIGINT) AS floor_held
FROM ($basis_row)
