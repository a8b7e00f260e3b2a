-- one row per particular printed on a certificate with some credit behind it: is it that of log and registers?
WITH listed AS (SELECT letters(key) AS printed, value AS meant FROM policy_map WHERE name = 'certificate.words'),
known AS (SELECT list(word) FILTER (place = 'activities.category') AS categories, list(word) FILTER (place = 'activities.mode') AS modes
  FROM known_word),
-- Of few words many times, each is spelled out once.
word AS (
  SELECT said, meant FROM (SELECT category AS said FROM certificate_record UNION SELECT mode FROM certificate_record UNION
    SELECT type FROM certificate_record) JOIN listed ON printed = letters(narrow(said))),
compared AS (
  SELECT rid, 'hours' AS what, true AS is_printed, hours IS NOT NULL AS is_known, hours * 60 = awarded_minutes AS is_same FROM certificate_record
  UNION ALL
  SELECT rid, 'name', coalesce(name, name_zh) IS NOT NULL, names IS NOT NULL,
    -- Most are printed letter by letter as they are registered; only the others are looked at closely.
    CASE WHEN list_contains(exact_names, {'name': name, 'name_zh': name_zh}) THEN true ELSE
      len(list_filter(names, lambda n: is_same_name(narrow(concat_ws(' ', r.name, r.name_zh)), narrow(n.name), narrow(n.name_zh))
        -- Registered in both languages in one cell, it may be printed in one.
        OR is_same_name(narrow(concat_ws(' ', r.name, r.name_zh)), nullif(trim(regexp_replace(narrow(n.name), '[\p{Han}\pP\pS]+', ' ', 'g')), ''),
          nullif(regexp_replace(n.name, '\P{Han}', '', 'g'), '')))) > 0 END FROM certificate_record r
  UNION ALL
  -- Without the modules' names it may stand for any one of the days on which something was earned.
  SELECT rid, 'completed_on', completed_on IS NOT NULL, true, CASE WHEN module_ids IS NULL
    THEN list_contains(credited_days, completed_on) ELSE completed_on = last_on END FROM certificate_record
  UNION ALL
  SELECT rid, 'modules', module_ids IS NOT NULL, true, len(list_filter(string_split(replace(module_ids, ' ', ''), ';'),
    lambda m: m <> '' AND NOT coalesce(list_contains(earned_ids, m), false))) = 0 FROM certificate_record
  UNION ALL
  SELECT rid, 'approval_no', approval_no IS NOT NULL, approval_nos IS NOT NULL,
    CASE WHEN list_contains(approval_nos, approval_no) THEN true ELSE
      len(list_filter(approval_nos, lambda a: letters(narrow(a)) = letters(narrow(r.approval_no)))) > 0 END FROM certificate_record r
  UNION ALL
  SELECT rid, 'title', title IS NOT NULL, titles IS NOT NULL, CASE WHEN list_contains(titles, title) THEN true ELSE
      len(list_filter(titles, lambda a: is_within(narrow(a), narrow(r.title)))) > 0 END FROM certificate_record r
  UNION ALL
  SELECT rid, 'provider', provider IS NOT NULL, providers IS NOT NULL, CASE WHEN list_contains(providers, provider) THEN true ELSE
      len(list_filter(providers, lambda a: is_within(narrow(a), narrow(r.provider)))) > 0 END FROM certificate_record r
  UNION ALL
  SELECT rid, 'category', category IS NOT NULL,
    -- A word that the register should not hold says nothing about the one printed.
    w.meant IS NOT NULL AND (list_contains(r.categories, w.meant) OR list_has_all(known.categories, r.categories)),
    list_contains(r.categories, w.meant) FROM known, certificate_record r LEFT JOIN word w ON w.said = r.category
  UNION ALL
  SELECT rid, 'mode', mode IS NOT NULL,
    w.meant IS NOT NULL AND (list_contains(r.modes, w.meant) OR list_has_all(known.modes, r.modes)),
    list_contains(r.modes, w.meant) FROM known, certificate_record r LEFT JOIN word w ON w.said = r.mode
  UNION ALL
  SELECT rid, 'type', type IS NOT NULL, w.meant IS NOT NULL, w.meant = getvariable('certificate_type')
  FROM certificate_record r LEFT JOIN word w ON w.said = r.type)
SELECT CASE WHEN is_known IS NOT TRUE THEN 'not_assessable' WHEN is_same THEN 'passed' ELSE 'failed' END AS verdict,
  'certificate' AS level, c.participant_id, c.activity_id,
  -- What of the log speaks for the print is told with it.
  CASE what WHEN 'hours' THEN concat_ws('_', what, CASE WHEN completion_minutes <> awarded_minutes THEN 'completion' END,
      CASE WHEN held_minutes > 0 THEN 'held' END)
    WHEN 'completed_on' THEN concat_ws('_', what, CASE WHEN list_contains(credited_days, completed_on) THEN 'module'
      WHEN is_content_day THEN 'content' WHEN is_pass_day THEN 'pass' WHEN is_unawarded_day THEN 'unawarded' END) ELSE what END AS what,
  CASE WHEN is_same THEN NULL ELSE map {'no': certificate_no, 'completion': hours_text(completion_minutes), 'held': hours_text(held_minutes),
    'beside_table': 'participants', 'beside': CASE what WHEN 'name' THEN array_to_string(name_rids, ';') END,
    'printed': CASE what WHEN 'approval_no' THEN c.approval_no WHEN 'title' THEN c.title WHEN 'provider' THEN c.provider
      WHEN 'category' THEN c.category WHEN 'mode' THEN c.mode WHEN 'type' THEN c.type WHEN 'modules' THEN c.module_ids END,
    'registered': array_to_string(list_sort(CASE what WHEN 'approval_no' THEN approval_nos WHEN 'title' THEN titles
      WHEN 'provider' THEN providers WHEN 'category' THEN categories WHEN 'mode' THEN modes WHEN 'modules' THEN earned_ids
      WHEN 'type' THEN [getvariable('certificate_type')] END), ' / ')} END AS texts,
  CASE what WHEN 'hours' THEN c.hours END AS value, CASE what WHEN 'hours' THEN c.awarded_minutes::DECIMAL(18,3) / 60 END AS limit_value,
  CASE what WHEN 'completed_on' THEN epoch_us(c.completed_on::TIMESTAMP) - getvariable('hong_kong_us') END AS at_us,
  CASE what WHEN 'completed_on' THEN epoch_us(c.last_on::TIMESTAMP) - getvariable('hong_kong_us') END AS until_us,
  'certificates' AS rid_table, [rid] AS rids,
  CASE WHEN what = 'hours' THEN 'the certificate shows no hours' WHEN what IN ('category', 'mode', 'type')
      THEN 'the word printed is in no list of the policy, or the register has none'
    ELSE 'the registers do not say what should be printed' END AS why
FROM compared JOIN certificate_record c USING (rid) WHERE is_printed
