-- certificate_number: one row per certificate: how many carry its number, and for how many awards. A certificate issued again under
-- its own number (holder, activity, modules, hours or points, period of completion) stands for the same award.
-- kept as a view
WITH shared AS (SELECT certificate_no FROM certificates GROUP BY certificate_no HAVING count(*) > 1),
award AS (
  SELECT certificate_no, count(*) AS same_number_count, count(DISTINCT {'who': participant_id, 'activity': activity_id,
    'modules': list_sort(list_distinct(string_split(replace(module_ids, ' ', ''), ';'))), 'hours': hours, 'points': points,
    'period': period_of(completed_on)}) AS award_count
  FROM certificates SEMI JOIN shared USING (certificate_no) GROUP BY certificate_no)
SELECT c.*, coalesce(a.same_number_count, 1) AS same_number_count, coalesce(a.award_count, 1) AS award_count
FROM certificates c LEFT JOIN award a USING (certificate_no)
