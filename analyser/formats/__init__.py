"""Export formats: recognise a file by its content and say which canonical cells it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest import readings

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source
    from analyser.schema.columns import Table


def reading_for(
    source: Source,
    table: Table,
    connection: duckdb.DuckDBPyConnection,
    export_format: str | None = None,
) -> Reading:
    """How to read one file.

    Args:
        source: the file; without a table it is an export, recognised by its content.
        table: the table its rows go to.
        connection: used to look into Parquet files.
        export_format: the format an export is said to have.

    Raises:
        InputError: no format fits it, or a required column is missing.
    """
    if source.table is None:
        from analyser.formats.recognise import recognise

        found = recognise(source.path, source.name, export_format)
        return found.format.reading(source, found.sample, connection)
    if source.container == "csv":
        return readings.canonical_csv(source, table)
    if source.container == "jsonl":
        return readings.canonical_jsonl(source, table)
    if source.container == "parquet":
        return readings.canonical_parquet(source, table, connection)
    raise InputError(f"{source.name}: no format fits this file.")


def formats_table() -> list[tuple[str, str, str]]:
    """Every format: its name, what it is, and what it is recognised by."""
    from analyser.formats.recognise import FORMATS

    return [(entry.name, entry.table["what"], entry.table["recognised"]) for entry in FORMATS]


def describe_file(path: Path) -> list[str]:
    """How a file would be read, as sentences: its format, why, what goes where, what is left out.

    Raises:
        InputError: no format fits it.
    """
    from analyser.formats.recognise import recognise

    found = recognise(path, path.name)
    table = found.format.table
    sentences = [f"{path.name}: recognised as {found.format.name} ({table['title']}).", *found.reasons]
    sentences += [f"{column} <- {origin}" for column, origin in table["columns"].items()]
    left_out = found.format.left_out(found.sample)
    return [*sentences, f"Left out: {', '.join(left_out) if left_out else 'nothing'}."]
