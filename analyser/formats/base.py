"""What an export format is: how it is recognised and how its rows become canonical cells.

The meaning of a system's event names is a table (`format.toml` beside each format), so that it
can be read, questioned and changed without reading code. It becomes one SQL expression.
"""

from __future__ import annotations

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
_TESTS = {"is": "{column} = {value}", "starts": "starts_with({column}, {value})",
          "ends": "ends_with({column}, {value})", "contains": "contains({column}, {value})"}  # fmt: skip


@dataclass(frozen=True)
class Format:
    """One export format.

    Attributes:
        table: its `format.toml`.
        reasons: why a sample is of this format, as sentences; none if it is not.
        reading: how to read a file of it.
        left_out: columns of a sample that are not used.
    """

    table: Table
    reasons: Callable[[Sample], list[str]]
    reading: Callable[[Source, Sample, duckdb.DuckDBPyConnection], Reading]
    left_out: Callable[[Sample], list[str]]

    @property
    def name(self) -> str:
        """The word for ``--format``."""
        return str(self.table["name"])


def load_table(module_file: str) -> Table:
    """The `format.toml` beside a format's module."""
    return tomllib.loads(Path(module_file).with_name("format.toml").read_text(encoding="utf-8"))


def lookup(entries: Iterable[Table], fields: Iterable[str], key: str) -> str:
    """SQL: the table's entry for a name, as a struct of texts, or null.

    Args:
        entries: each with `names` and some of the fields.
        fields: what the struct holds.
        key: SQL expression giving the name.
    """
    wanted, pairs = list(fields), []
    for entry in entries:
        cells = (f"{field!r}: {_text(entry.get(field))}" for field in wanted)
        struct = "{" + ", ".join(cells) + "}"
        pairs += [f"{literal(name)}: {struct}" for name in entry["names"]]
    return f"(MAP {{{', '.join(pairs)}}})[{key}]"


def first_match(rules: Iterable[Table], column: str, field: str = "word") -> str:
    """SQL: a field of the first rule that fits a text, or null.

    Args:
        rules: each may have lists `is`, `starts`, `ends`, `contains`; of every list given, one must fit.
        column: SQL expression giving the text.
        field: which of the rule's values is wanted.
    """
    cases = [f"WHEN {_fits(rule, column)} THEN {literal(rule[field])}" for rule in rules]
    return f"CASE {' '.join(cases)} END"


def _fits(rule: Table, column: str) -> str:
    lists = []
    for test, shape in _TESTS.items():
        if test in rule:
            parts = (shape.format(column=column, value=literal(value)) for value in rule[test])
            lists.append(f"({' OR '.join(parts)})")
    return " AND ".join(lists)


def _text(value: str | None) -> str:
    return "NULL::VARCHAR" if value is None else literal(value)
