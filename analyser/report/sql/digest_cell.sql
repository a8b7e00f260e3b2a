coalesce(strlen($text) || ':', '-'), $text
