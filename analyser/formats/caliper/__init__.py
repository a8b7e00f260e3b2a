"""Caliper events of versions 1.0 to 1.2."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from analyser.formats.base import Format, load_table
from analyser.formats.caliper.faults import refusals, remarks
from analyser.formats.caliper.meaning import cells, steps
from analyser.ingest.readings import Reading

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.sample import Sample
    from analyser.ingest.source import Source

TABLE = load_table(__file__)


def _is_caliper(entry: dict[str, Any]) -> bool:
    # One part may be missing: the event is then refused with the right reason.
    has_context = "imsglobal.org/ctx/caliper" in json.dumps(entry.get("@context"))
    return has_context or {"actor", "action", "eventTime"} <= set(entry)


def _reasons(sample: Sample) -> list[str]:
    count = sum(map(_is_caliper, sample.objects))
    if 2 * count <= len(sample.objects) or not sample.objects:
        return []
    where = "records of the list" if sample.container == "json" else "lines"
    first = f"{count} of the first {len(sample.objects)} {where}"
    return [f"{first} have a Caliper @context, or actor, action and eventTime."]


def _reading(source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection) -> Reading:
    del source, connection
    return Reading(
        format=TABLE["name"],
        relation="{lines}",
        raw_columns=("line",),
        cells=cells(TABLE),
        broken="x_cell IS NULL",
        skip="line IS NULL OR trim(line) = ''",
        over=steps(TABLE),
        refusals=refusals(TABLE),
        remarks=remarks(TABLE),
        is_document=sample.container == "json",
        naive="NOT regexp_matches(substr(x_at, 11), '[zZ+-]')",
    )


def _left_out(sample: Sample) -> list[str]:
    del sample
    return list(TABLE["left_out"])


FORMAT = Format(table=TABLE, reasons=_reasons, reading=_reading, left_out=_left_out)
