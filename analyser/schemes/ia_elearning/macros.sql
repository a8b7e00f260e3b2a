-- Letters and digits of the full-width block, which Chinese keyboards give, as the plain ones.
CREATE OR REPLACE TEMP MACRO narrow(said) AS translate(said,
  '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ　',
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ');
-- Minutes as hours in words, without trailing zeros.
CREATE OR REPLACE TEMP MACRO hours_text(minutes) AS regexp_replace(hours(minutes)::VARCHAR, '\.?0+$', '');
