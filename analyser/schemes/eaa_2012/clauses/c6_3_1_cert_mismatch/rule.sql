-- one row per particular printed on a certificate of awarded points: is it that of scans and registers?
WITH word AS (SELECT letters(key) AS printed, value AS meant FROM policy_map WHERE name = 'certificate.words'),
compared AS (
  SELECT rid, 'points' AS what, true AS is_printed, points IS NOT NULL AS is_known, points = earned_points AS is_same FROM certificate_record
  UNION ALL
  SELECT rid, 'approved_points', approved_points IS NOT NULL, full_points IS NOT NULL, approved_points = full_points FROM certificate_record
  UNION ALL
  SELECT rid, 'name', coalesce(name, name_zh) IS NOT NULL, names IS NOT NULL,
    len(list_filter(names, lambda n: is_same_name(concat_ws(' ', r.name, r.name_zh), n.name, n.name_zh))) > 0 FROM certificate_record r
  UNION ALL
  SELECT rid, 'licence_no', licence_no IS NOT NULL, len(licence_nos) > 0,
    len(list_filter(licence_nos, lambda a: letters(a) = letters(r.licence_no))) > 0 FROM certificate_record r
  UNION ALL
  SELECT rid, 'completed_on', completed_on IS NOT NULL, last_on IS NOT NULL, completed_on = last_on FROM certificate_record
  UNION ALL
  SELECT rid, 'approval_no', approval_no IS NOT NULL, len(approval_nos) > 0,
    len(list_filter(approval_nos, lambda a: letters(a) = letters(r.approval_no))) > 0 FROM certificate_record r
  UNION ALL
  SELECT rid, 'title', title IS NOT NULL, len(titles) > 0, len(list_filter(titles, lambda a: is_within(a, r.title))) > 0 FROM certificate_record r
  UNION ALL
  SELECT rid, 'provider', provider IS NOT NULL, len(providers) > 0, len(list_filter(providers, lambda a: is_within(a, r.provider))) > 0 FROM certificate_record r
  UNION ALL
  SELECT rid, 'category', category IS NOT NULL, w.meant IS NOT NULL AND len(categories) > 0, list_contains(categories, w.meant)
  FROM certificate_record r LEFT JOIN word w ON w.printed = letters(r.category))
SELECT CASE WHEN NOT is_known THEN 'not_assessable' WHEN is_same THEN 'passed' ELSE 'failed' END AS verdict,
  'certificate' AS level, c.participant_id, c.activity_id, what,
  -- A name leads to the rows of both.
  CASE WHEN what = 'name' AND NOT is_same THEN map {'beside_table': 'participants', 'beside': array_to_string(name_rids, ';')} END AS texts,
  CASE what WHEN 'points' THEN c.points WHEN 'approved_points' THEN c.approved_points END AS value,
  CASE what WHEN 'points' THEN c.earned_points WHEN 'approved_points' THEN c.full_points END AS limit_value,
  CASE what WHEN 'completed_on' THEN epoch_us(c.completed_on::TIMESTAMP) - getvariable('hong_kong_us') END AS at_us,
  CASE what WHEN 'completed_on' THEN epoch_us(c.last_on::TIMESTAMP) - getvariable('hong_kong_us') END AS until_us,
  'certificates' AS rid_table, [rid] AS rids,
  CASE what WHEN 'points' THEN 'the certificate shows no points'
    WHEN 'category' THEN 'the word printed is in no list of the policy, or the register has none'
    ELSE 'the registers do not say what should be printed' END AS why
FROM compared JOIN certificate_record c USING (rid) WHERE is_printed
