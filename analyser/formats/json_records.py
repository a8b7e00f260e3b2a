"""Formats whose records are JSON objects of one shape, one a line or in a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from analyser.formats.base import Format, Table
from analyser.ingest.project import is_naive
from analyser.ingest.readings import Reading

if TYPE_CHECKING:
    from analyser.formats.sample import Sample
    from analyser.ingest.source import Source


def json_format(
    table: Table,
    is_one: Callable[[dict[str, Any]], bool],
    have: str,
    fields: Callable[[Source], dict[str, Any]],
) -> Format:
    """A format of which most records of a sample look alike.

    Args:
        table: its `format.toml`.
        is_one: whether an object is a record of it.
        have: what its records are or have, to follow "5 of the first 5 lines".
        fields: of a file, the fields of `Reading` that are its own; the time is in `x_at`.
    """

    def reasons(sample: Sample) -> list[str]:
        count = sum(map(is_one, sample.objects))
        if 2 * count <= len(sample.objects) or not sample.objects:
            return []
        where = "records of the list" if sample.container == "json" else "lines"
        return [f"{count} of the first {len(sample.objects)} {where} {have}."]

    def reading(source: Source, sample: Sample, _: object) -> Reading:
        own = fields(source)
        if sample.container != "jsonl":
            own["quick"] = None
        return Reading(
            format=table["name"],
            relation="{lines}",
            raw_columns=("line",),
            skip="line IS NULL OR trim(line) = ''",
            naive=is_naive("x_at"),
            is_document=sample.container == "json",
            **own,
        )

    return Format(table=table, reasons=reasons, reading=reading, left_out=lambda _: list(table["left_out"]))
