-- attempt_score: one row per submitted attempt of a registered module: what its answers say, and
-- what the submission says.
WITH answered AS (
  SELECT pid, oid, attempt_id, count(*) AS item_count, count(score) = count(*) AS is_scored,
    sum(score) AS score, CASE WHEN count(max_score) = count(*) THEN sum(max_score) END AS max_score
  FROM attempt_item GROUP BY ALL),
joined AS (
  SELECT a.*, coalesce(n.item_count, 0) AS item_count, e.score AS said_score,
    e.max_score AS said_max, coalesce(n.is_scored, false) AS is_scored, n.score AS item_score,
    coalesce(n.max_score, e.max_score) AS item_max,
    -- Answers worth nothing together are no score, so that the submission's counts.
    coalesce(n.is_scored AND coalesce(n.max_score, e.max_score) > 0, false) AS is_derived
  FROM attempt a
  JOIN (SELECT oid AS known FROM owner_key WHERE is_registered) k ON k.known = a.oid
  JOIN stored_event e ON e.rid = a.submit_rid
  LEFT JOIN answered n ON n.pid = a.pid AND n.oid = a.oid AND n.attempt_id = a.attempt_id
  WHERE a.submit_pos IS NOT NULL)
SELECT *, CASE WHEN is_derived THEN item_score ELSE said_score END AS score,
  CASE WHEN is_derived THEN item_max ELSE said_max END AS max_score,
  -- Of the same full mark the marks themselves compare; fractions are costly.
  is_derived AND said_score IS NOT NULL AND coalesce(said_max > 0, false)
    AND CASE WHEN item_max = said_max THEN item_score <> said_score
      ELSE fraction(item_score, item_max) <> fraction(said_score, said_max) END AS is_mismatch
FROM joined
