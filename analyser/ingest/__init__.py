"""Files in, typed tables out, every row accounted for."""
