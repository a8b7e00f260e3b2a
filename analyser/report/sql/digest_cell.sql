coalesce(strlen($text) || ':' || $text, '-')
