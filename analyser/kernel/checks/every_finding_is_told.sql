-- every_finding_is_told: one row per code whose findings are not all in the findings table.
SELECT code FROM (
  SELECT code, 1 AS n FROM found UNION ALL SELECT code, -1 FROM findings)
GROUP BY code HAVING sum(n) <> 0
