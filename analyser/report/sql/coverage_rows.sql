-- one row per rule, in the order of the guideline's paragraphs
SELECT * FROM coverage
ORDER BY
    list_transform(string_split(coalesce(clause, ''), '.'), lambda part: lpad(part, 8, '0')), code, subject
