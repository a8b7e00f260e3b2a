-- findings: one row per finding, in words.
-- across participants
-- reads found
WITH cited AS (
  SELECT f.found_id, s.source, row_number() OVER (PARTITION BY f.found_id ORDER BY f.is_beside, s.rid) AS n
  FROM (SELECT found_id, rid_table, unnest(rids) AS rid, false AS is_beside FROM found
    UNION ALL
    -- What stands in another table decides with it: a name on a certificate and in the register.
    SELECT found_id, texts['beside_table'], unnest(string_split(texts['beside'], ';'))::BIGINT, true FROM found
    WHERE texts['beside'] IS NOT NULL) f
  JOIN source_line s ON s.table_name = f.rid_table AND s.rid = f.rid),
evidence AS (
  SELECT found_id, string_agg(source, ';' ORDER BY n) FILTER (n <= getvariable('evidence_count'))
    || CASE WHEN count(*) > getvariable('evidence_count')
      THEN ';+' || (count(*) - getvariable('evidence_count')) ELSE '' END AS evidence
  FROM cited GROUP BY ALL),
named AS (
  SELECT f.* EXCLUDE (participant_id), c.clause, c.tier, f.effect AS severity, c.benign,
    coalesce(p.participant_id, f.participant_id) AS participant_id,
    coalesce(k.activity_id, f.activity_id) AS the_activity_id, coalesce(k.module_id, f.module_id) AS the_module_id,
    s.session_id, iso(f.at_us) AS "at", iso(f.until_us) AS until, coalesce(e.evidence, '') AS evidence
  FROM found f
  JOIN finding_card c USING (code)
  LEFT JOIN participant_key p USING (pid)
  LEFT JOIN owner_key k USING (oid)
  LEFT JOIN session_name s USING (sess)
  LEFT JOIN evidence e USING (found_id)),
told AS (
  SELECT code, clause, tier, severity, participant_id, the_activity_id AS activity_id,
    the_module_id AS module_id, attempt_id, session_id, "at", until, value, limit_value,
    {message_en} AS message, {message_zh} AS message_zh, benign, evidence
  FROM named)
-- Findings of an earlier assessment that still hold are numbered in this order too.
SELECT 'F' || lpad(row_number() OVER (ORDER BY participant_id NULLS FIRST, activity_id NULLS FIRST,
    module_id NULLS FIRST, code, "at" NULLS FIRST, attempt_id NULLS FIRST, session_id NULLS FIRST,
    value, until, message, evidence)::VARCHAR, 7, '0') AS finding_id, *
FROM told ORDER BY finding_id
