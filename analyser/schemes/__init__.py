"""Schemes: rules and clauses on top of the time kernel, as data and SQL files."""
