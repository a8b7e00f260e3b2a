-- cycle: one row per cycle of a credit row: content, first attempt and one retake. A failed retake opens another once everything
-- was completed again after it, a finished row opens another row's when somebody goes on to be assessed.
WITH RECURSIVE chain AS (
  SELECT 1 AS row_no, 1 AS cycle_no, nullif(pos, -1) AS row_begin_pos, * FROM cycle_step WHERE pos = -1
  UNION ALL
  SELECT CASE WHEN s.is_restudy THEN c.row_no ELSE c.row_no + 1 END, CASE WHEN s.is_restudy THEN c.cycle_no + 1 ELSE 1 END,
    CASE WHEN s.is_restudy THEN c.row_begin_pos ELSE s.pos END, s.*
  FROM chain c JOIN cycle_step s ON s.pid = c.pid AND s.oid = c.oid AND s.pos = c.next_pos AND s.is_restudy = (c.outcome = 'failed'))
SELECT nullif(pos, -1) AS begin_pos, * EXCLUDE (pos, is_restudy, next_pos) FROM chain
