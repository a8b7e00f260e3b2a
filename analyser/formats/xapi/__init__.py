"""xAPI statements, with what the profiles for video, cmi5 and SCORM add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.formats.base import Format, load_table
from analyser.formats.xapi.faults import refusals, remarks
from analyser.formats.xapi.meaning import cells, quick, steps
from analyser.ingest.project import is_naive
from analyser.ingest.readings import Reading

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.source import Source

TABLE = load_table(__file__)
# Caliper's events have actor and object too.
_OTHERS = {"action", "type", "@type"}


def _is_statement(entry: dict[str, Any]) -> bool:
    verb = entry.get("verb")
    is_verb = isinstance(verb, dict) and {"actor", "object"} & set(entry)
    # One part may be missing: the statement is then refused with the right reason.
    return bool(is_verb) or (
        {"actor", "object"} <= set(entry) and not {"action", "type", "@type"} & set(entry)
    )


def _reasons(sample: Sample) -> list[str]:
    count = sum(map(_is_statement, sample.objects))
    if 2 * count <= len(sample.objects) or not sample.objects:
        return []
    where = "records of the list" if sample.container == "json" else "lines"
    return [
        f"{count} of the first {len(sample.objects)} {where} are JSON objects with actor, verb and object."
    ]


def _reading(source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection) -> Reading:
    del connection
    return Reading(
        format=TABLE["name"],
        relation="{lines}",
        raw_columns=("line",),
        cells=cells(TABLE),
        broken="NOT x_there",
        skip="line IS NULL OR trim(line) = ''",
        over=steps(TABLE),
        quick=quick(TABLE, source) if sample.container == "jsonl" else None,
        refusals=refusals(),
        remarks=remarks(TABLE),
        record="x_id",
        is_document=sample.container == "json",
        naive=is_naive("x_at"),
    )


def _left_out(sample: Sample) -> list[str]:
    del sample
    return list(TABLE["left_out"])


FORMAT = Format(table=TABLE, reasons=_reasons, reading=_reading, left_out=_left_out)
