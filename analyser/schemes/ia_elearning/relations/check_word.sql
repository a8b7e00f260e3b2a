-- check_word: one row per participant and column of their identity checks that takes one of a few words: how many rows
-- say one of them, and which do not.
-- kept as a part
WITH said AS (
  SELECT pid, 'events.purpose' AS place, purpose AS word, rid FROM check_event WHERE purpose IS NOT NULL
  UNION ALL SELECT pid, 'events.outcome', outcome, rid FROM check_event WHERE outcome IS NOT NULL)
SELECT s.pid, s.place, count(*) AS n, coalesce(list(s.rid ORDER BY s.rid) FILTER (k.word IS NULL), []) AS odd_rids
FROM said s LEFT JOIN known_word k USING (place, word) GROUP BY ALL
