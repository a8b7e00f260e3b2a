-- one row per submitted attempt of a registered module: do its answers and its submission agree?
SELECT CASE WHEN is_mismatch THEN 'failed' WHEN is_derived AND said_score IS NOT NULL AND said_max > 0
    THEN 'passed' ELSE 'not_assessable' END AS verdict,
  'row' AS level, pid, oid, attempt_id, submit_pos AS pos, at_of(submit_pos) AS at_us,
  100 * score / nullif(max_score, 0) AS value, 100 * said_score / nullif(said_max, 0) AS limit_value, [submit_rid] AS rids,
  CASE WHEN NOT is_scored THEN 'not every item has a score'
    WHEN NOT is_derived THEN 'the answers carry no full mark' ELSE 'the submission carries no score' END AS why
FROM submission
