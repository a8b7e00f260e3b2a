-- one row: how many rows a table has
SELECT count(*) AS size FROM $relation
