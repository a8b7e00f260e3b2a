"""How one file is read: which statement gives its rows, and which cells they have."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest.scan import open_text, printable
from analyser.store import literal

if TYPE_CHECKING:
    import duckdb

    from analyser.ingest.source import Source
    from analyser.schema.columns import Table

_FIELD_LIMIT = 1 << 30
# Fault numbers 1 to 7 are a row's own, the others a column's; 1 and 2 are taken.
FIRST_REFUSAL, MOST_REFUSALS = 3, 5


@dataclass(frozen=True)
class Reading:
    """How to get typed rows from one file.

    Attributes:
        format: name shown in the ingest table.
        relation: SQL table expression giving the raw rows in file order (the fast path).
        raw_columns: names of the raw columns, for the careful path.
        cells: input column -> SQL expression over the raw columns giving its text.
        instant: expression giving microseconds UTC when the source is typed.
        broken: SQL condition over the raw columns: the row is no record at all.
        skip: SQL condition: the row is an empty line.
        header_lines: physical lines before the first row.
        naive: condition: the timestamp has no offset.
        extra: columns of the file that no table has.
        over: SQL table expression over `{rows}` (the raw rows), for formats that need steps in between.
        refusals: (condition, column, reason) of rows that cannot be used, at most `MOST_REFUSALS`.
        has_lines: the file is text with physical lines; without them rows are counted.
    """

    format: str
    relation: str
    raw_columns: tuple[str, ...]
    cells: dict[str, str]
    instant: str | None = None
    broken: str | None = None
    skip: str | None = None
    header_lines: int = 0
    naive: str | None = None
    extra: tuple[str, ...] = field(default=())
    over: str = "{rows}"
    refusals: tuple[tuple[str, str, str], ...] = ()
    has_lines: bool = True


def read_header(source: Source) -> list[str]:
    """The first record of a CSV file.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    with open_text(source.path) as text:
        try:
            header = next(csv.reader(text, strict=True), None)
        except csv.Error as error:
            raise InputError(
                f"{source.name}: line 1: the header cannot be read ({error}); check its quotes."
            ) from error
    if not header:
        raise InputError(f"{source.name}: the file is empty; it needs at least a header line.")
    return [printable(name).strip() for name in header]


def check_header(source: Source, table: Table, names: list[str]) -> tuple[str, ...]:
    """Columns the table does not know, after checking that what it needs is there.

    Raises:
        InputError: a required column is missing, or one stands twice.
    """
    for column in table.columns:
        if names.count(column.name) > 1:
            raise InputError(
                f"{source.name}: line 1: column {column.name} stands "
                f"{names.count(column.name)} times; keep one."
            )
        if column.required and column.name not in names:
            hint = ", ".join(names[:8])[:200]
            raise InputError(
                f"{source.name}: line 1: column {column.name} is missing (found: {hint}); "
                f"add it, or name the file after another table."
            )
    return tuple(name for name in names if name not in table.names)


def csv_relation(source: Source, count: int) -> str:
    """The fast reader: strict, every cell as text, nothing guessed."""
    shape = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(count))
    return (
        f"read_csv({literal(str(source.path))}, header=false, skip=1, auto_detect=false, "
        f"delim=',', quote='\"', escape='\"', strict_mode=true, columns={{{shape}}})"
    )


def canonical_csv(source: Source, table: Table) -> Reading:
    """A CSV file of a case table."""
    from analyser.ingest.project import is_naive

    names = read_header(source)
    extra = check_header(source, table, names)
    cells = {name: f"c{number}" for number, name in enumerate(names) if name in table.names}
    clock = next((c.name for c in table.columns if c.kind == "timestamp"), None)
    return Reading(
        format="csv",
        relation=csv_relation(source, len(names)),
        raw_columns=tuple(f"c{number}" for number in range(len(names))),
        cells=cells,
        header_lines=1,
        naive=is_naive(cells[clock]) if clock else None,
        extra=extra,
    )


def lines_relation(source: Source) -> str:
    """Every physical line as one text, in order: a delimiter that JSON cannot hold, no quotes."""
    return (
        f"read_csv({literal(str(source.path))}, header=false, auto_detect=false, delim='\x1f', "
        "quote='', escape='', strict_mode=false, new_line='\\n', columns={'line': 'VARCHAR'})"
    )


def canonical_jsonl(source: Source, table: Table) -> Reading:
    """A JSON-lines file of a case table: one object a line."""
    from analyser.ingest.project import is_naive

    paths = ", ".join(f"'$.{column.name}'" for column in table.columns)
    cells = {
        column.name: f"nullif(cell[{number}], '')" for number, column in enumerate(table.columns, start=1)
    }
    is_object = "json_valid(line) AND json_type(line) = 'OBJECT'"
    clock = next((c.name for c in table.columns if c.kind == "timestamp"), None)
    return Reading(
        format="jsonl",
        relation=(
            f"(SELECT line, CASE WHEN {is_object} THEN json_extract_string(line, [{paths}]) END "
            "AS cell FROM {lines})"
        ),
        raw_columns=("line",),
        cells=cells,
        broken="cell IS NULL",
        skip="line IS NULL OR trim(line) = ''",
        naive=is_naive(cells[clock]) if clock else None,
    )


def canonical_parquet(source: Source, table: Table, connection: duckdb.DuckDBPyConnection) -> Reading:
    """A Parquet file of a case table; typed columns are taken as they are."""
    from analyser.ingest.project import is_naive

    relation = f"read_parquet({literal(str(source.path))}, hive_partitioning=false)"
    types = parquet_types(source, connection)
    extra = check_header(source, table, list(types))
    cells, instant, naive = {}, None, None
    for column in table.columns:
        if column.name not in types:
            continue
        kind, quoted = types[column.name], f'"{column.name}"'
        cells[column.name] = f"nullif({quoted}, '')" if kind == "VARCHAR" else f"{quoted}::VARCHAR"
        if column.kind == "date" and kind.startswith("TIMESTAMP"):
            cells[column.name] = f"{quoted}::DATE::VARCHAR"
        if column.kind == "timestamp":
            if kind == "TIMESTAMP WITH TIME ZONE":
                instant, naive = f"epoch_us({quoted})", "false"
            elif kind.startswith("TIMESTAMP"):
                instant, naive = f"epoch_us({quoted}::TIMESTAMP) - 28800000000", "true"
            else:
                naive = is_naive(cells[column.name])
    return Reading("parquet", relation, (), cells, instant=instant, naive=naive, extra=extra, has_lines=False)


def parquet_types(source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Column name -> type of a Parquet file.

    Raises:
        InputError: it is no Parquet file, or damaged.
    """
    import duckdb

    try:
        found = connection.execute(
            f"DESCRIBE FROM read_parquet({literal(str(source.path))}, hive_partitioning=false)"
        )
        return {row[0]: row[1] for row in found.fetchall()}
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(source.path), source.name)
        raise InputError(f"{source.name}: cannot be read as Parquet ({reason}); export it again.") from error
