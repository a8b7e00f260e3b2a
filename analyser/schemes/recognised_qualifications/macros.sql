-- Microseconds of a day's midnight in Hong Kong.
CREATE OR REPLACE TEMP MACRO midnight_us(on_date) AS epoch_us(on_date::TIMESTAMP) - getvariable('hong_kong_us');
-- A name as it is compared: no case, accents, spaces or signs.
CREATE OR REPLACE TEMP MACRO name_fold(name) AS
  regexp_replace(strip_accents(lower(replace(name, '&', 'and'))), '[^\p{L}\p{N}]+', '', 'g');
