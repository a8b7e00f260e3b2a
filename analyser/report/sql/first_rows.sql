-- the first rows of a table in the order of its file
SELECT * FROM $relation ORDER BY $order LIMIT ?
