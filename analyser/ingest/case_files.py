"""Files that are tables of a case: their own names of columns, as CSV, JSON lines or Parquet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest.folder_values import fillable
from analyser.ingest.project import any_naive, in_years, is_naive
from analyser.ingest.readings import Reading, csv_relation, parquet_relation, parquet_types, read_header
from analyser.ingest.scan import open_text, printable
from analyser.schema.inputs import INPUTS
from analyser.store import literal

if TYPE_CHECKING:
    import duckdb

    from analyser.ingest.source import Source
    from analyser.schema.columns import Table

_ZONED = frozenset({"TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS"})
_HONG_KONG_US = 8 * 3600 * 1_000_000
_CALENDAR_US = "-62135596800000000 AND 253402300799999999"


def canonical_csv(source: Source, table: Table) -> Reading:
    """A CSV file of a case table."""
    names = read_header(source)
    extra = check_header(source, table, names)
    cells = {name: f"c{number}" for number, name in enumerate(names) if name in table.names}
    return Reading(
        format="csv",
        relation=csv_relation(source, len(names)),
        raw_columns=tuple(f"c{number}" for number in range(len(names))),
        cells=cells,
        header_lines=1,
        naive=any_naive(table, cells),
        extra=extra,
    )


def canonical_jsonl(source: Source, table: Table) -> Reading:
    """A JSON-lines file of a case table: one object a line."""
    paths = ", ".join(f"'$.{column.name}'" for column in table.columns)
    cells = {
        column.name: f"nullif(cell[{number}], '')" for number, column in enumerate(table.columns, start=1)
    }
    is_object = "json_valid(line) AND json_type(line) = 'OBJECT'"
    # Two values of one name: which counts would depend on the reader. Rows with the names of the
    # first one need no costly look.
    names = _first_names(source)
    usual = ", ".join(map(literal, names))
    return Reading(
        format="jsonl",
        relation=(
            f"(SELECT line, entry.cell AS cell, entry.keys AS keys FROM (SELECT line, "
            f"CASE WHEN {is_object} THEN {{'cell': json_extract_string(line, [{paths}]), "
            f"'keys': json_keys(line)}} END AS entry FROM {{lines}}))"
        ),
        raw_columns=("line",),
        cells=cells,
        broken="cell IS NULL",
        refusals=(
            (
                f"keys <> [{usual}]::VARCHAR[] AND len(keys) <> len(list_distinct(keys))",
                "",
                "has a name twice",
            ),
            ("contains(line, '\\u0000')", "", "contains a NUL byte"),
        ),
        skip="line IS NULL OR trim(line) = ''",
        naive=any_naive(table, cells),
        extra=tuple(name for name in names if name not in table.names),
    )


def _first_names(source: Source) -> list[str]:
    """The names in the first JSON object of a file; none if one stands twice or there is no object."""
    with open_text(source.path) as text:
        line = next((line for line in text if line.strip()), "")
    try:
        pairs = json.loads(line, object_pairs_hook=lambda pairs: [name for name, _ in pairs])
    except (ValueError, RecursionError):
        return []
    is_object = isinstance(pairs, list) and line.lstrip().startswith("{")
    names = [printable(name) for name in pairs] if is_object else []
    return names if len(names) == len(set(names)) else []


def canonical_parquet(source: Source, table: Table, connection: duckdb.DuckDBPyConnection) -> Reading:
    """A Parquet file of a case table; typed columns are taken as they are."""
    types = parquet_types(source, connection)
    extra = check_header(source, table, list(types))
    cells, instant, naive, taken = {}, None, None, []
    for number, column in enumerate(table.columns):
        if column.name not in types:
            continue
        # Raw columns get names of their own: the typed ones are called after the table's columns.
        kind, raw = types[column.name], f"c{number}"
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
            raise InputError(
                f"{source.name}: column {column.name} holds lists or records ({kind[:60]}), not single "
                "values; write it as text and export again."
            )
        taken.append(f'"{column.name}" AS {raw}')
        cells[column.name] = f"nullif({raw}, '')" if kind == "VARCHAR" else f"{raw}::VARCHAR"
        if column.kind == "date" and kind.startswith("TIMESTAMP"):
            # The day in Hong Kong; beyond four-digit years the text stands, to be refused.
            at = _typed_us(raw, kind)
            day = f"make_timestamp({at} + {_HONG_KONG_US if kind in _ZONED else 0})::DATE::VARCHAR"
            cells[column.name] = f"CASE WHEN {at} BETWEEN {_CALENDAR_US} THEN {day} ELSE {raw}::VARCHAR END"
        if column.name == "timestamp" and table.name == "events":
            if kind.startswith("TIMESTAMP"):
                hours = 0 if kind in _ZONED else _HONG_KONG_US
                instant = in_years(f"{_typed_us(raw, kind)} - {hours}")
                naive = str(kind not in _ZONED).lower()
            else:
                naive = is_naive(cells[column.name])
    naive = naive or any_naive(table, cells)
    relation = f"(SELECT {', '.join(taken)} FROM {parquet_relation(source)})"
    return Reading("parquet", relation, (), cells, instant=instant, naive=naive, extra=extra, has_lines=False)


def _typed_us(raw: str, kind: str) -> str:
    """The microseconds of a typed time. A cast rounds nanoseconds, which are cut, and knows no zoned ones."""
    if kind in {"TIMESTAMP_NS", "TIMESTAMPTZ_NS"}:
        return f"(epoch_ns({raw}) // 1000)"
    return f"epoch_us({raw})" if kind in _ZONED else f"epoch_us({raw}::TIMESTAMP)"


def check_header(source: Source, table: Table, names: list[str]) -> tuple[str, ...]:
    """Columns the table does not know, after checking that what it needs is there.

    Raises:
        InputError: a required column is missing, or one stands twice.
    """
    known = set(names) | (source.values.keys() & set(fillable(table)))
    for column in table.columns:
        if names.count(column.name) > 1:
            raise InputError(
                f"{source.name}: line 1: column {column.name} stands "
                f"{names.count(column.name)} times; keep one."
            )
        if column.required and not {column.name, *column.unless} & known:
            raise InputError(
                f"{source.name}: line 1: column {column.name} is missing ({_found(names)}); "
                f"add it, or name the file after another table."
            )
    return tuple(name for name in names if name not in table.names)


def _plainly(name: str) -> str:
    """A heading as our columns are written: small letters, words joined by underlines."""
    return "_".join(name.lower().split())


def _found(names: list[str]) -> str:
    """What a header has instead; a first line that is no header may hold personal data."""
    known = {column.name for table in INPUTS.values() for column in table.columns}
    if near := [name for name in names if name not in known and _plainly(name) in known]:
        return "rename " + ", ".join(f"{name.strip()} to {_plainly(name)}" for name in near)[:200]
    if found := [name for name in names if name in known]:
        return f"found: {', '.join(found)[:200]}"
    if len(names) == 1 and (signs := [sign for sign in "\t;|" if sign in names[0]]):
        word = {"\t": "tabs", ";": "semicolons", "|": "bars"}[signs[0]]
        return f"its cells are separated by {word}, not commas: save it as comma-separated CSV (UTF-8)"
    return "none of its names is a column of a table"
