"""A mapping file: read, checked, every fault told at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.errors import PolicyError
from analyser.schema.inputs import INPUTS, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Table = dict[str, Any]
TABLES = ("events", "scans", "export_keys")
ORDERS = ("ymd", "dmy", "mdy", "evidence")
UNITS = ("seconds", "milliseconds", "microseconds")
_TOP = {
    "name", "title", "what", "recognised", "about", "extends", "table", "needs", "without", "zone",
    "order", "first_day", "nulls", "columns", "row", "refuse", "event", "rule", "notes", "alias",
    "body", "only", "join", "reference", "stage", "marker", "preamble", "refused", "pair",
}  # fmt: skip
_CELL = {"column", "any", "text", "pattern", "prefix", "values", "unit", "otherwise", "times", "suffix"}
_TEST = {"column", "in", "not_in", "matches", "not_matches", "is"}
_RULE = {"is", "starts", "ends", "contains", "body", "word"}
_ZONE = re.compile(r"(Z|UTC|Asia/Hong_Kong|[+-](0\d|1[0-4]):[0-5]\d)")


@dataclass(frozen=True)
class Mapping:
    """What a mapping file says.

    Attributes:
        table: its content.
        source: the file, for messages.
    """

    table: Table
    source: str

    @property
    def extends(self) -> str | None:
        """The format whose table it changes, if it is no format of its own."""
        found: str | None = self.table.get("extends")
        return found


def load_mapping(path: Path) -> Mapping:
    """Read and check a mapping file.

    Raises:
        PolicyError: it cannot be read, or has faults; all of them are told.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: cannot be read as TOML ({error}); correct it.") from error
    if faults := list(check(table)):
        raise PolicyError("\n".join(f"{path}: {fault}" for fault in faults))
    if "extends" not in table:
        table = {"name": "mapping", "title": f"mapping {path.name}", **table}
    return Mapping(table, path.name)


def check(table: Table) -> Iterator[str]:
    """Every fault of a mapping, as a sentence."""
    for key in table.keys() - _TOP:
        yield f"{key} is no key of a mapping; choose from {', '.join(sorted(_TOP))}."
    kind = table.get("table", "events")
    if kind not in TABLES:
        yield f"table is {kind!r}; it must be one of {', '.join(TABLES)}."
        return
    if table.get("order", "ymd") not in ORDERS:
        yield f"order is {table['order']!r}; it must be one of {', '.join(ORDERS)}."
    if "zone" in table and not _ZONE.fullmatch(str(table["zone"])):
        yield f"zone is {table['zone']!r}; write an offset like +08:00, Z, or Asia/Hong_Kong."
    if "first_day" in table and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(table["first_day"])):
        yield f"first_day is {table['first_day']!r}; write a date like 2025-08-01."
    for name in ("needs", "without", "nulls", "notes"):
        if not _is_texts(table.get(name, [])):
            yield f"{name} must be a list of texts."
    if "extends" not in table:
        yield from _check_columns(table, kind)
    elif found := {"row", "needs", "table"} & table.keys():
        yield f"{', '.join(sorted(found))} cannot stand beside extends; the format has them already."
    yield from _check_words(table)


def _check_columns(table: Table, kind: str) -> Iterator[str]:
    names = INPUTS[kind].names
    rows = table.get("row", [{}])
    if not isinstance(table.get("columns", {}), dict) or not isinstance(rows, list) or not rows:
        yield "columns must be a table, and row a list of tables."
        return
    for row in [table.get("columns", {}), *rows]:
        for name, cell in row.items():
            if name == "when":
                yield from _check_test(cell)
            elif name == "split":
                yield from check_cell(cell)
            elif name == "word":
                if cell not in VOCABULARY:
                    yield f"word {cell!r} is not of the vocabulary."
            elif name not in names:
                yield f"{name} is no column of {kind}; choose from {', '.join(names)}."
            else:
                yield from (f"{name}: {fault}" for fault in check_cell(cell))
    given = {**table.get("columns", {}), **rows[0]}
    needed = {column.name for column in INPUTS[kind].columns if column.required} - given.keys()
    # Many lists of who came do not name the activity; a file that gives none is told so.
    needed -= {"activity_id"}
    if "word" in given:
        needed -= {"event"}
    for name in sorted(needed):
        yield f"column {name} is missing; every row needs it."
    for entry in table.get("refuse", []):
        yield from _check_test(entry.get("when"))
        if not isinstance(entry.get("reason"), str):
            yield "a refuse entry needs a reason."


def check_cell(cell: Any) -> Iterator[str]:
    """Faults of one cell: a column's name, a list of them, or a table."""
    if isinstance(cell, str):
        return
    if not isinstance(cell, dict):
        yield "write a column's name, or a table with column, any or text."
        return
    for key in cell.keys() - _CELL:
        yield f"{key} is no key here; choose from {', '.join(sorted(_CELL))}."
    if sum(key in cell for key in ("column", "any", "text")) != 1:
        yield "name exactly one of column, any (a list of columns) and text (a fixed text)."
    if not isinstance(cell.get("column", ""), str) or not isinstance(cell.get("text", ""), str):
        yield "column and text are texts."
    if not _is_texts(cell.get("any", [])):
        yield "any must be a list of texts."
    if not isinstance(cell.get("values", {}), dict):
        yield "values must be a table: what stands there = what it becomes."
    if cell.get("unit", UNITS[0]) not in UNITS:
        yield f"unit must be one of {', '.join(UNITS)}."
    if "pattern" in cell:
        patterns = cell["pattern"] if isinstance(cell["pattern"], list) else [cell["pattern"]]
        for pattern in patterns:
            yield from _check_pattern(pattern)


def _check_pattern(pattern: Any) -> Iterator[str]:
    try:
        if not isinstance(pattern, str) or len(pattern) > 500 or re.compile(pattern).groups != 1:
            yield "pattern needs exactly one pair of brackets."
    except re.error as error:
        yield f"pattern cannot be read ({error})."


def _check_test(test: Any) -> Iterator[str]:
    if isinstance(test, list) and test:
        for one in test:
            yield from _check_test(one)
        return
    if not isinstance(test, dict) or not isinstance(test.get("column"), str) or len(test) != 2:
        yield "a when names a column and one of in, not_in, matches, not_matches, is (present or empty)."
        return
    for key, value in test.items():
        if key not in _TEST:
            yield f"{key} is no test; choose from in, not_in, matches, not_matches, is."
        elif key in {"in", "not_in"} and not _is_texts(value):
            yield f"{key} must be a list of texts."
        elif key == "is" and value not in {"present", "empty"}:
            yield "is must be present or empty."
        elif key in {"matches", "not_matches"}:
            try:
                re.compile(str(value))
            except re.error as error:
                yield f"{key} cannot be read ({error})."


def _check_words(table: Table) -> Iterator[str]:
    seen: set[str] = set()
    for entry in table.get("event", []):
        if entry.get("word") not in VOCABULARY:
            yield f"event: word {entry.get('word')!r} is not of the vocabulary."
        if not _is_texts(entry.get("names")):
            yield "event: names must be a list of texts."
            continue
        if twice := seen & set(entry["names"]):
            yield f"event: {sorted(twice)[0]!r} stands in two entries."
        seen |= set(entry["names"])
    for rule in table.get("rule", []):
        if rule.get("word") not in VOCABULARY:
            yield f"rule: word {rule.get('word')!r} is not of the vocabulary."
        if not rule.keys() <= _RULE or not all(_is_texts(v) for k, v in rule.items() if k != "word"):
            yield "rule: write lists is, starts, ends, contains or body, and a word."


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
