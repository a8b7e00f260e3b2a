-- one row per credited row with identity checks among its module's inputs: is there also a page, a clip, an exercise or a post?
-- across participants
WITH alone AS (SELECT oid, count(DISTINCT pid) AS n FROM checked_row WHERE is_alone GROUP BY oid),
credited AS (SELECT oid, count(DISTINCT pid) AS n FROM credit_line SEMI JOIN alone USING (oid) WHERE credited_minutes > 0 GROUP BY oid)
SELECT CASE WHEN NOT r.is_alone THEN 'passed' WHEN NOT EXISTS (FROM seen_kind WHERE kind = 'use') THEN 'not_assessable'
    ELSE 'failed' END AS verdict,
  'register' AS level, r.pid, r.oid, r.first_us AS at_us, r.last_us AS until_us, r.check_us // 1000000 AS value,
  CASE WHEN r.is_alone THEN map {'active': (r.active_us // 1000000)::VARCHAR, 'checks': r.n::VARCHAR,
    'people': a.n::VARCHAR, 'all': c.n::VARCHAR} END AS texts,
  CASE WHEN r.is_alone THEN r.rids END AS rids,
  'the export records no pages, clips, exercises or posts of anybody' AS why
FROM checked_row r LEFT JOIN credited c USING (oid) LEFT JOIN alone a USING (oid)
