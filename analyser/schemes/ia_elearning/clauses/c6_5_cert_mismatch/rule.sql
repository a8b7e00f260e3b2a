-- one row per particular printed on a certificate with some credit behind it: is it that of log and registers?
WITH listed AS (SELECT letters(key) AS printed, value AS meant FROM policy_map WHERE name = 'certificate.words'),
-- Of few words many times, each is spelled out once.
word AS (
  SELECT said, meant FROM (SELECT category AS said FROM certificate_record UNION SELECT mode FROM certificate_record UNION
    SELECT type FROM certificate_record) JOIN listed ON printed = letters(said)),
compared AS (
  SELECT rid, 'hours' AS what, true AS is_printed, hours IS NOT NULL AS is_known, hours * 60 = awarded_minutes AS is_same FROM certificate_record
  UNION ALL
  SELECT rid, 'name', coalesce(name, name_zh) IS NOT NULL, names IS NOT NULL,
    -- Most are printed letter by letter as they are registered; only the others are looked at closely.
    CASE WHEN list_contains(exact_names, {'name': name, 'name_zh': name_zh}) THEN true ELSE
      len(list_filter(names, lambda n: is_same_name(concat_ws(' ', r.name, r.name_zh), n.name, n.name_zh))) > 0 END FROM certificate_record r
  UNION ALL
  -- Without the modules' names it may stand for any one of the days on which something was earned.
  SELECT rid, 'completed_on', completed_on IS NOT NULL, true, CASE WHEN module_ids IS NULL
    THEN list_contains(credited_days, completed_on) ELSE completed_on = last_on END FROM certificate_record
  UNION ALL
  SELECT rid, 'modules', module_ids IS NOT NULL, true, len(list_filter(string_split(replace(module_ids, ' ', ''), ';'),
    lambda m: m <> '' AND NOT coalesce(list_contains(earned_ids, m), false))) = 0 FROM certificate_record
  UNION ALL
  SELECT rid, 'approval_no', approval_no IS NOT NULL, len(approval_nos) > 0,
    CASE WHEN list_contains(approval_nos, approval_no) THEN true ELSE
      len(list_filter(approval_nos, lambda a: letters(a) = letters(r.approval_no))) > 0 END FROM certificate_record r
  UNION ALL
  SELECT rid, 'title', title IS NOT NULL, len(titles) > 0, CASE WHEN list_contains(titles, title) THEN true ELSE
      len(list_filter(titles, lambda a: is_within(a, r.title))) > 0 END FROM certificate_record r
  UNION ALL
  SELECT rid, 'provider', provider IS NOT NULL, len(providers) > 0, CASE WHEN list_contains(providers, provider) THEN true ELSE
      len(list_filter(providers, lambda a: is_within(a, r.provider))) > 0 END FROM certificate_record r
  UNION ALL
  SELECT rid, 'category', category IS NOT NULL, w.meant IS NOT NULL AND len(categories) > 0, list_contains(categories, w.meant)
  FROM certificate_record r LEFT JOIN word w ON w.said = r.category
  UNION ALL
  SELECT rid, 'mode', mode IS NOT NULL, w.meant IS NOT NULL, list_contains(modes, w.meant)
  FROM certificate_record r LEFT JOIN word w ON w.said = r.mode
  UNION ALL
  SELECT rid, 'type', type IS NOT NULL, w.meant IS NOT NULL, w.meant = getvariable('certificate_type')
  FROM certificate_record r LEFT JOIN word w ON w.said = r.type)
SELECT CASE WHEN NOT is_known THEN 'not_assessable' WHEN is_same THEN 'passed' ELSE 'failed' END AS verdict,
  'certificate' AS level, c.participant_id, c.activity_id, what,
  CASE what WHEN 'hours' THEN c.hours END AS value, CASE what WHEN 'hours' THEN c.awarded_minutes::DECIMAL(18,3) / 60 END AS limit_value,
  CASE what WHEN 'completed_on' THEN epoch_us(c.completed_on::TIMESTAMP) - getvariable('hong_kong_us') END AS at_us,
  CASE what WHEN 'completed_on' THEN epoch_us(c.last_on::TIMESTAMP) - getvariable('hong_kong_us') END AS until_us,
  'certificates' AS rid_table, [rid] AS rids,
  CASE WHEN what = 'hours' THEN 'the certificate shows no hours' WHEN what IN ('category', 'mode', 'type')
      THEN 'the word printed is in no list of the policy, or the register has none'
    ELSE 'the registers do not say what should be printed' END AS why
FROM compared JOIN certificate_record c USING (rid) WHERE is_printed
