"""Export formats: recognise a file by its content and say which canonical cells it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import AnalyserError, InputError
from analyser.ingest import case_files

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from analyser.formats.mapping.spec import Mapping
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source
    from analyser.schema.columns import Table

_LAST = 9


def reading_for(
    source: Source,
    table: Table,
    connection: duckdb.DuckDBPyConnection,
    export_format: str | None = None,
    mapping: Mapping | None = None,
) -> Reading:
    """How to read one file.

    Args:
        source: the file; without a table it is an export, recognised by its content.
        table: the table its rows go to.
        connection: used to look into Parquet files.
        export_format: the format an export is said to have.
        mapping: how exports are to be read where that differs from what the program knows.

    Raises:
        InputError: no format fits it, or a required column is missing.
    """
    if source.table is None:
        from analyser.formats.recognise import recognise

        found = recognise(source.path, source.name, export_format, mapping)
        return found.format.reading(source, found.sample, connection)
    if source.container == "csv":
        return case_files.canonical_csv(source, table)
    if source.container == "jsonl":
        return case_files.canonical_jsonl(source, table)
    if source.container == "parquet":
        return case_files.canonical_parquet(source, table, connection)
    raise InputError(f"{source.name}: no format fits this file.")


def in_stages(
    sources: list[Source], export_format: str | None = None, mapping: Mapping | None = None
) -> list[Source]:
    """The files in the order they are read: of an export those first that others refer to.

    A file that is not recognised comes last; reading it says why.
    """
    if sum(source.table is None for source in sources) < 2:
        return sources
    return sorted(sources, key=lambda source: _stage(source, export_format, mapping))


def _stage(source: Source, export_format: str | None, mapping: Mapping | None) -> int:
    from analyser.formats.recognise import recognise
    from analyser.ingest.decode import decoded

    if source.table is not None:
        return 0
    try:
        with decoded(source) as (text, _):
            found = recognise(text.path, source.name, export_format, mapping)
    except AnalyserError:
        return _LAST
    return int(found.format.table.get("stage", _LAST))


def formats_table() -> list[tuple[str, str, str]]:
    """Every format: its name, what it is, and what it is recognised by."""
    from analyser.formats.recognise import FORMATS

    return [(entry.name, entry.table["what"], entry.table["recognised"]) for entry in FORMATS]


def describe_file(path: Path, mapping: Mapping | None = None) -> list[str]:
    """How a file would be read, as sentences: its format, why, what goes where, what is left out.

    A file of no known format gets a proposal for a mapping file instead, if it is a table.

    Raises:
        InputError: no format fits it, and none can be proposed.
    """
    from analyser.formats.propose import propose
    from analyser.formats.recognise import recognise
    from analyser.ingest.decode import decoded
    from analyser.ingest.source import Source

    with decoded(Source(path, path.name, None)) as (text, original):
        notes = original.notes if original else ()
        try:
            found = recognise(text.path, path.name, mapping=mapping)
        except InputError as error:
            if proposal := propose(text.path, path.name):
                return [*notes, str(error), *proposal]
            raise
        left_out = found.format.left_out(found.sample)
    table = found.format.table
    sentences = [
        f"{path.name}: recognised as {found.format.name} ({table['title']}).",
        *notes,
        *found.reasons,
    ]
    sentences += [f"{column} <- {origin}" for column, origin in table["columns"].items()]
    return [*sentences, f"Left out: {', '.join(left_out) if left_out else 'nothing'}."]
