"""Broken and hostile inputs, and what must become of each."""
