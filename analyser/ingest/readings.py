"""How one file is read: which statement gives its rows, and which cells they have."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest.archives import size_of
from analyser.ingest.scan import open_text, printable
from analyser.store import literal, path_literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

    from analyser.ingest.records import Batch
    from analyser.ingest.source import Source

_FIELD_LIMIT = 1 << 30
_NO_LIMIT = 1 << 62
# Pieces with fewer rows than a row group of the table (122,880) are put together by copying them once more.
_PIECE = 64_000_000
# A column's fault is its number times 8 and 0 to 2; the rest of each eight is free for refusals.
_FIRST_REFUSAL, _REFUSALS_IN_EIGHT = 3, 5


@dataclass(frozen=True)
class Reading:
    """How to get typed rows from one file.

    Attributes:
        format: name shown in the ingest table.
        relation: SQL table expression giving the raw rows in file order (the fast path).
        raw_columns: names of the raw columns, for the careful path.
        cells: input column -> SQL expression over the raw columns giving its text.
        instant: expression giving microseconds UTC, where they need not be read from the cell.
        broken: SQL condition over the raw columns: the row is no record at all.
        skip: SQL condition: the row is an empty line.
        header_lines: physical lines before the first row.
        naive: condition: the timestamp has no offset.
        extra: columns of the file that no table has.
        over: SQL table expression over `{rows}` (the raw rows), for formats that need steps in between.
        refusals: (condition, column, reason) of rows that cannot be used.
        has_lines: the file is text with physical lines; without them rows are counted.
        table: the input table the rows go to; None leaves it to the file's name (an export: events).
        is_header_line: the names of a CSV file are one physical line, the last of `header_lines`; otherwise
            they are its first record.
        delimiter: between the cells of a CSV file.
        nulls: texts that stand for nothing in a CSV file, empty cells besides.
        spread: SQL over `{rows}` that makes one or more rows of each line; it keeps the column `m_line`
            and numbers the rows of a line in `m_part`.
        spread_lines: the same rows with these two columns only.
        lookup: SQL over `{rows}` giving (kind, id, cells) that other files of the export refer to.
        notes: sentences about what was understood and what could not be.
        is_document: its records do not stand one on each line (a JSON list, page or envelope).
        batches: reads the file in its own way, for formats of which one record makes several rows.
        remarks: (condition, what is odd) of rows that are used all the same; the first that fits is told.
        quick: SQL table expression giving what `over` gives by a quicker way, which fails, or has broken
            rows, as soon as anything in the file is not as expected; then `relation` and `over` are used.
        record: the number by which later records of the same system refer to a row, as text.
        kind: expression giving an event's word as `event_kind`, null where `cells` has another name; None
            looks the cell up.
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
    table: str | None = None
    is_header_line: bool = False
    delimiter: str = ","
    nulls: tuple[str, ...] = ()
    spread: str | None = None
    spread_lines: str = ""
    lookup: str | None = None
    notes: tuple[str, ...] = ()
    is_document: bool = False
    batches: Callable[[Path], Iterator[Batch]] | None = None
    remarks: tuple[tuple[str, str], ...] = ()
    quick: str | None = None
    record: str | None = None
    kind: str | None = None


def refusal_fault(number: int) -> int:
    """The fault of a row that the refusal with this number, counted from 0, sets aside."""
    return number // _REFUSALS_IN_EIGHT * 8 + _FIRST_REFUSAL + number % _REFUSALS_IN_EIGHT


def refusal_number(fault: int) -> int | None:
    """The refusal that a fault stands for; none for a column's fault and a row that is no record."""
    if fault % 8 < _FIRST_REFUSAL:
        return None
    return fault // 8 * _REFUSALS_IN_EIGHT + fault % 8 - _FIRST_REFUSAL


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
    if header is None:
        raise InputError(f"{source.name}: the file is empty; it needs at least a header line.")
    if not header:
        raise InputError(f"{source.name}: line 1 is empty; the names of the columns must stand there.")
    return [printable(name).strip() for name in header]


def _file(source: Source) -> str:
    """The first arguments of ``read_csv``: the file, and nothing guessed from its name."""
    packing = {".gz": "gzip", ".zst": "zstd"}.get(source.path.suffix.lower(), "none")
    return f"{path_literal(source.path)}, compression='{packing}', hive_partitioning=false"


def csv_relation(
    source: Source, count: int, delimiter: str = ",", skip: int = 1, nulls: tuple[str, ...] = ()
) -> str:
    """The fast reader: strict, every cell as text, nothing guessed; `nulls` are texts for nothing."""
    none = f", nullstr=[{', '.join(map(literal, nulls))}]" if nulls else ""
    shape = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(count))
    return (
        f"read_csv({_file(source)}, header=false, skip={skip}, auto_detect=false, "
        f"delim='{delimiter}', quote='\"', escape='\"', strict_mode=true, "
        f"columns={{{shape}}}{none}{_pieces(source)})"
    )


def _pieces(source: Source) -> str:
    """Large pieces for a file that has some for every thread."""
    is_large = size_of(source.path) >= 2 * _PIECE * (os.cpu_count() or 1)
    return f", buffer_size={_PIECE}" if is_large else ""


def without_nulls(rows: list[list[str | None]], nulls: tuple[str, ...]) -> list[list[str | None]]:
    """Rows of the careful reader in which texts that stand for nothing are null."""
    return [[None if cell in nulls else cell for cell in row] for row in rows] if nulls else rows


def lines_relation(source: Source) -> str:
    """Every physical line as one text, in order: a delimiter that JSON cannot hold, no quotes."""
    return (
        f"read_csv({_file(source)}, header=false, auto_detect=false, delim='\x1f', "
        "quote='', escape='', strict_mode=false, new_line='\\n', columns={'line': 'VARCHAR'})"
    )


def json_relation(source: Source, columns: str, *, is_forgiving: bool = False) -> str:
    """JSON lines by DuckDB's typed reader, in the order of lines.

    It fails at anything that does not fit. When it forgives, a line that is no object is a row of nulls, and
    a value that is no object where one is expected is null, and so are its parts.

    Args:
        source: the file.
        columns: names and types, as an SQL map.
        is_forgiving: only if no value may be a list, which would be null as well.
    """
    forgiven = ", ignore_errors=true" if is_forgiving else ""
    read = f"read_json({_file(source)}, format='newline_delimited', columns={columns}{forgiven})"
    # DuckDB 2.0.0's JSON reader may change the places of large blocks when two threads read a file, and a
    # row's place is its line. What no file reaches as a limit is counted by one thread, in order.
    return f"(FROM {read} LIMIT {_NO_LIMIT})"


def parquet_relation(source: Source) -> str:
    """The rows of a Parquet file, in order."""
    return f"read_parquet({path_literal(source.path)}, hive_partitioning=false)"


def parquet_types(source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Column name -> type of a Parquet file.

    Raises:
        InputError: it is no Parquet file, or damaged.
    """
    import duckdb

    try:
        found = connection.execute(f"DESCRIBE FROM {parquet_relation(source)}")
        return {row[0]: row[1] for row in found.fetchall()}
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(source.path), source.name)
        raise InputError(f"{source.name}: cannot be read as Parquet ({reason}); export it again.") from error
