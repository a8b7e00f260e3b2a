-- one row per column of a relation, in order
DESCRIBE SELECT * FROM $relation
