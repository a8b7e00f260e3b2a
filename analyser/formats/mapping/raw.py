"""The lines of a file as named text columns, whichever of CSV, JSON lines or Parquet carries them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.arrays import arrow_table, texts
from analyser.errors import InputError
from analyser.ingest.documents import document_batches
from analyser.ingest.readings import csv_relation, lines_relation, parquet_relation
from analyser.ingest.records import csv_batches, line_batches
from analyser.store import literal

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.mapping.header import Header
    from analyser.formats.sample import Sample
    from analyser.ingest.source import Source


@dataclass(frozen=True)
class RawLines:
    """How a file's lines are got at.

    Attributes:
        relation: SQL giving the raw rows.
        columns: the raw rows' columns, for the careful reader.
        select: SQL over `{rows}` that gives the wanted columns as x0, x1 ...
        found: which of the wanted columns are there.
        broken: condition that a row is no record.
        skip: condition that a row is an empty line.
        header: where the names stand.
        is_document: the records do not stand one on each line.
    """

    relation: str
    columns: tuple[str, ...]
    select: str
    found: frozenset[str]
    broken: str | None
    skip: str | None
    header: Header
    is_document: bool = False


def raw_lines(
    source: Source, sample: Sample, header: Header, wanted: list[str], nulls: list[str]
) -> RawLines:
    """The wanted columns of a file.

    Args:
        source: the file.
        sample: its beginning.
        header: its columns.
        wanted: names in lower case.
        nulls: texts that stand for nothing.

    Raises:
        InputError: a wanted column stands twice.
    """
    _check_once(source, sample, header, wanted)
    if sample.container == "csv":
        cells = tuple(f"c{number}" for number in range(len(header.names)))
        origin = {name: cells[header.lower.index(name)] for name in wanted if name in header.lower}
        relation = csv_relation(source, len(cells), header.delimiter, header.line)
        select = f"(SELECT *, {_select(wanted, origin, nulls)} FROM {{rows}})"
        return RawLines(relation, cells, select, frozenset(origin), None, None, header)
    if sample.container == "parquet":
        names = dict(zip(header.lower, header.names, strict=True))
        origin = {name: f'"{names[name]}"::VARCHAR' for name in wanted if name in names}
        select = f"(SELECT {_select(wanted, origin, nulls)} FROM {{rows}})"
        return RawLines(parquet_relation(source), (), select, frozenset(origin), None, None, header)
    # A key may first appear far below, so every column is looked for.
    paths = ", ".join(literal(_path(name, header)) for name in wanted)
    origin = {name: f"c[{number}]" for number, name in enumerate(wanted, start=1)}
    select = (
        f"(SELECT *, {_select(wanted, origin, nulls)} FROM (SELECT *, CASE WHEN json_valid(line) AND "
        f"json_type(line) = 'OBJECT' THEN json_extract_string(line, [{paths}]) END AS c FROM {{rows}}))"
    )
    return RawLines(
        "(SELECT line FROM {lines})", ("line",), select, frozenset(origin), "c IS NULL",
        "line IS NULL OR trim(line) = ''", header, is_document=sample.container == "json",
    )  # fmt: skip


def _check_once(source: Source, sample: Sample, header: Header, wanted: list[str]) -> None:
    for name in wanted:
        if header.lower.count(name) > 1 and sample.container == "csv":
            raise InputError(
                f"{source.name}: line {header.line}: column {name} stands there "
                f"{header.lower.count(name)} times; keep one."
            )


def ask(connection: duckdb.DuckDBPyConnection, source: Source, lines: RawLines, question: str) -> Any:
    """The one row that a SELECT list of aggregates gives over a file's lines."""
    import duckdb

    if lines.is_document:
        return _ask_carefully(connection, source, lines, question)
    try:
        relation = lines.relation.replace("{lines}", lines_relation(source))
        return connection.execute(
            f"SELECT {question} FROM {lines.select.replace('{rows}', relation)}"
        ).fetchall()[0]
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        if not lines.columns:
            raise InputError(f"{source.name}: cannot be read to its end; export it again.") from error
    return _ask_carefully(connection, source, lines, question)


def _ask_carefully(
    connection: duckdb.DuckDBPyConnection, source: Source, lines: RawLines, question: str
) -> Any:
    import pyarrow as pa

    names = list(lines.columns)
    if lines.is_document:
        batches = document_batches(source.path)
    elif names == ["line"]:
        batches = line_batches(source.path)
    else:
        batches = csv_batches(source.path, len(names), lines.header.delimiter, lines.header.line)
    tables = []
    for batch in batches:
        cells = list(map(list, zip(*batch.rows, strict=True))) or [[] for _ in names]
        tables.append(arrow_table(names, map(texts, cells)))
    connection.register("asked_lines", pa.concat_tables(tables))
    try:
        return connection.execute(
            f"SELECT {question} FROM {lines.select.replace('{rows}', 'asked_lines')}"
        ).fetchall()[0]
    finally:
        connection.unregister("asked_lines")


def _path(name: str, header: Header) -> str:
    spelt = dict(zip(header.lower, header.names, strict=True)).get(name, name)
    if "." in spelt:
        return "$" + "".join(f'."{part}"' for part in spelt.split("."))
    return f'$."{spelt}"'


def _select(wanted: list[str], origin: dict[str, str], nulls: list[str]) -> str:
    none = ", ".join(map(literal, ["", *nulls]))
    parts = []
    for number, name in enumerate(wanted):
        cell = origin.get(name)
        text = f"CASE WHEN trim({cell}) NOT IN ({none}) THEN {cell} END" if cell else "NULL::VARCHAR"
        parts.append(f"{text} AS x{number}")
    return ", ".join(parts)
