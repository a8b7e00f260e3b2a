"""The case's own event table, when it lies among the exports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analyser.formats.base import Format
from analyser.ingest import case_files
from analyser.schema.inputs import EVENTS

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source

_NEEDED = tuple(column.name for column in EVENTS.columns if column.required)


def _reasons(sample: Sample) -> list[str]:
    if not set(_NEEDED) <= set(sample.names):
        return []
    what = {
        "csv": "The first line names",
        "parquet": "The Parquet file has",
    }
    return [f"{what.get(sample.container, 'The JSON objects have')} the columns {', '.join(_NEEDED)}."]


def _reading(source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection) -> Reading:
    if sample.container == "parquet":
        return case_files.canonical_parquet(source, EVENTS, connection)
    if sample.container in {"json", "jsonl"}:
        reading = case_files.canonical_jsonl(source, EVENTS)
        return replace(reading, is_document=sample.container == "json")
    return case_files.canonical_csv(source, EVENTS)


def _left_out(sample: Sample) -> list[str]:
    return [name for name in sample.names if name not in EVENTS.names]


FORMAT = Format(
    table={
        "name": "events",
        "title": "the case's own event table",
        "what": "CSV, JSON lines or Parquet with the columns of the table events",
        "recognised": f"columns {', '.join(_NEEDED)}",
        "columns": {column.name: f"{column.name}: {column.about}" for column in EVENTS.columns},
    },
    reasons=_reasons,
    reading=_reading,
    left_out=_left_out,
)
