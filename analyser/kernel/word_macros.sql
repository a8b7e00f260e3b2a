-- Printed words compare by their letters and digits alone: neither space, case, accents nor marks count. A name may
-- be in any order of words, in English, in Chinese or in both.
CREATE OR REPLACE TEMP MACRO letters(said) AS lower(strip_accents(regexp_replace(said, '[^\pL\pM\pN]', '', 'g')));
CREATE OR REPLACE TEMP MACRO words_of(said) AS
  list_sort(regexp_extract_all(lower(strip_accents(said)), '\p{Han}+|[^\P{L}\p{Han}]+|\pN+'));
CREATE OR REPLACE TEMP MACRO is_same_word(a, b) AS letters(a) = letters(b) OR words_of(a) = words_of(b);
CREATE OR REPLACE TEMP MACRO is_same_name(printed, in_english, in_chinese) AS
  coalesce(is_same_word(printed, in_english), false) OR coalesce(is_same_word(printed, in_chinese), false)
  OR coalesce(words_of(printed) = words_of(in_english || ' ' || in_chinese), false);
CREATE OR REPLACE TEMP MACRO is_within(a, b) AS contains(letters(a), letters(b)) OR contains(letters(b), letters(a));
