-- credit_case: one row per row of the credits table: what its last cycle came to. A further row
-- exists only when it was completed.
WITH last_cycle AS (
  SELECT * FROM cycle QUALIFY row_number() OVER (PARTITION BY pid, oid, row_no ORDER BY cycle_no DESC) = 1),
kept AS (
  SELECT pid, oid, row_no, row_begin_pos, begin_pos, content_pos, pass_pos, credit_pos, outcome,
    CASE WHEN outcome = 'passed' THEN last_attempt_id END AS passing_attempt_id
  FROM last_cycle WHERE row_no = 1 OR credit_pos IS NOT NULL),
unknown AS (
  SELECT p.pid, p.oid, 1 AS row_no, 'unregistered' AS outcome
  FROM presence p JOIN owner_key k USING (oid) WHERE NOT k.is_registered AND NOT k.is_unmoduled),
every AS (FROM kept UNION ALL BY NAME FROM unknown),
restart AS (
  SELECT k.pid, k.oid, k.row_no, m.pos AS started_pos
  FROM (FROM kept WHERE row_no > 1) k
  ASOF JOIN (FROM moment SEMI JOIN (FROM kept WHERE row_no > 1) USING (pid, oid)) m
    ON m.pid = k.pid AND m.oid = k.oid AND k.row_begin_pos < m.pos),
-- A later cycle is measured from its own beginning, so that is where its first event is.
begun AS (
  SELECT k.pid, k.oid, k.row_no, m.rid
  FROM (FROM kept WHERE begin_pos IS NOT NULL) k
  ASOF JOIN (FROM moment SEMI JOIN (FROM kept WHERE begin_pos IS NOT NULL) USING (pid, oid)) m
    ON m.pid = k.pid AND m.oid = k.oid AND k.begin_pos < m.pos)
SELECT e.*, p.first_pos, p.last_pos, coalesce(b.rid, p.first_rid) AS first_rid,
  hk_date(at_of(coalesce(e.credit_pos, p.last_pos))) AS on_date,
  CASE WHEN e.row_no = 1 THEN p.first_pos ELSE r.started_pos END AS started_pos
FROM every e JOIN presence p USING (pid, oid) LEFT JOIN restart r USING (pid, oid, row_no)
LEFT JOIN begun b USING (pid, oid, row_no)
