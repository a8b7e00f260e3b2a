-- passage: one row per scan that changes something: an entry and an exit at one instant cancel out.
WITH net AS (
  SELECT pid, oid, at_us, sum(CASE direction WHEN 'in' THEN 1 ELSE -1 END)::BIGINT AS net, min(rid) AS rid
  FROM own_scan WHERE direction IN ('in', 'out') GROUP BY ALL)
SELECT pid, oid, at_us, hk_date(at_us) AS day, net > 0 AS is_entry, rid, unnest(range(abs(net))) AS n FROM net
