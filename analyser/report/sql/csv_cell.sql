CASE WHEN left($cell, 1) IN ($risky) THEN chr(39) || $cell ELSE $cell END AS $cell
