-- row_code: one row per credit row that has findings: their codes, sorted.
-- reads found
WITH matched AS (
  SELECT pid, oid, row_no, code FROM found WHERE level = 'row' AND row_no IS NOT NULL
  UNION
  -- Found at a moment: the row in whose time it lies.
  SELECT c.pid, c.oid, c.row_no, f.code
  FROM found f JOIN credit_fact c ON c.pid = f.pid AND c.oid = f.oid
    AND f.pos > coalesce(c.row_begin_pos, -1) AND (c.credit_pos IS NULL OR f.pos <= c.credit_pos)
  WHERE f.level = 'row' AND f.row_no IS NULL
  UNION
  SELECT c.pid, c.oid, c.row_no, f.code
  FROM found f JOIN credit_fact c ON c.pid = f.pid AND c.activity_id = f.activity_id
  WHERE f.level = 'activity')
SELECT pid, oid, row_no, string_agg(code, ';' ORDER BY code) AS codes FROM matched GROUP BY ALL
