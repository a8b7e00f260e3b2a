"""Export formats: recognise a file by its content and say which canonical cells it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest import readings

if TYPE_CHECKING:
    import duckdb

    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source
    from analyser.schema.columns import Table


def reading_for(source: Source, table: Table, connection: duckdb.DuckDBPyConnection) -> Reading:
    """How to read one file.

    Raises:
        InputError: no format fits it, or a required column is missing.
    """
    if source.container == "csv":
        return readings.canonical_csv(source, table)
    if source.container == "jsonl":
        return readings.canonical_jsonl(source, table)
    if source.container == "parquet":
        return readings.canonical_parquet(source, table, connection)
    raise InputError(f"{source.name}: no format fits this file.")
