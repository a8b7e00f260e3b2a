"""What an export format is: how it is recognised and how its rows become canonical cells.

The meaning of a system's event names is a table (`format.toml` beside each format), so that it
can be read, questioned and changed without reading code. It becomes one SQL expression.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyser.store import literal

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source

Table = dict[str, Any]
# Of so many texts, one pattern finds any of them faster than a search for each.
_MANY = 3
_TESTS = {"is": "{column} = {value}", "starts": "starts_with({column}, {value})",
          "ends": "ends_with({column}, {value})", "contains": "contains({column}, {value})",
          "body": "contains({body}, {value})"}  # fmt: skip
_PATTERNS = {"contains": "{}", "ends": "({})$"}


@dataclass(frozen=True)
class Format:
    """One export format.

    Attributes:
        table: its `format.toml`.
        reasons: why a sample is of this format, as sentences; none if it is not.
        reading: how to read a file of it.
        left_out: columns of a sample that are not used.
        build: the same format with changes to its table; None if only its words can be changed.
    """

    table: Table
    reasons: Callable[[Sample], list[str]]
    reading: Callable[[Source, Sample, duckdb.DuckDBPyConnection], Reading]
    left_out: Callable[[Sample], list[str]]
    build: Callable[[Table], Format] | None = None

    @property
    def name(self) -> str:
        """The word for ``--format``."""
        return str(self.table["name"])


def load_table(module_file: str) -> Table:
    """The `format.toml` beside a format's module."""
    return tomllib.loads(Path(module_file).with_name("format.toml").read_text(encoding="utf-8"))


def merged(table: Table, changes: Table) -> Table:
    """A format's table with a user's changes: a name of an event belongs to the user's entry only."""
    taken = {name for entry in changes.get("event", []) for name in entry["names"]}
    kept = [
        {**entry, "names": [name for name in entry["names"] if name not in taken]}
        for entry in table.get("event", [])
    ]
    return {
        **table,
        **{key: value for key, value in changes.items() if key not in {"extends", "columns", "name"}},
        "event": [*(entry for entry in kept if entry["names"]), *changes.get("event", [])],
        "rule": [*changes.get("rule", []), *table.get("rule", [])],
        "columns": {**table.get("columns", {}), **changes.get("columns", {})},
    }


def entry_number(entries: list[Table], key: str) -> str:
    """SQL: which entry lists a name in its `names`, counted from 1, or null.

    Args:
        entries: the table's entries.
        key: SQL expression giving the name.
    """
    pairs = [(name, number) for number, entry in enumerate(entries, 1) for name in entry["names"]]
    names = ", ".join(literal(name) for name, _ in pairs)
    return f"MAP([{names}], [{', '.join(str(number) for _, number in pairs)}])[{key}]"


def entry_field(entries: list[Table], field: str, number: str, kind: str = "VARCHAR") -> str:
    """SQL: a field of the entry with this number, or null.

    Args:
        entries: the table's entries.
        field: which of their values is wanted.
        number: SQL expression giving what `entry_number` gave.
        kind: SQL type of the values.
    """
    cells = (literal(entry[field]) if field in entry else "NULL" for entry in entries)
    return f"([{', '.join(cells)}]::{kind}[])[{number}]"


def first_match(rules: Iterable[Table], column: str, body: str = "NULL", kind: str = "VARCHAR") -> str:
    """SQL: the word of the first rule that fits a text, or null.

    Args:
        rules: each may have lists `is`, `starts`, `ends`, `contains` and, about a second text, `body`;
            of every list given, one entry must fit.
        column: SQL expression giving the text.
        body: SQL expression giving the second text.
        kind: SQL type of the words.
    """
    cases = [f"WHEN {_fits(rule, column, body)} THEN {literal(rule['word'])}::{kind}" for rule in rules]
    return f"CASE {' '.join(cases)} END"


def _fits(rule: Table, column: str, body: str) -> str:
    # What few texts must contain is asked first: it mostly settles the matter.
    tests = sorted((test for test in _TESTS if test in rule), key=lambda test: len(rule[test]) >= _MANY)
    lists = []
    for test in tests:
        if test in _PATTERNS and len(rule[test]) >= _MANY:
            pattern = _PATTERNS[test].format("|".join(map(re.escape, rule[test])))
            lists.append(f"regexp_matches({column}, {literal(pattern)})")
            continue
        shape = _TESTS[test]
        parts = (shape.format(column=column, body=body, value=literal(value)) for value in rule[test])
        lists.append(f"({' OR '.join(parts)})")
    return " AND ".join(lists)
