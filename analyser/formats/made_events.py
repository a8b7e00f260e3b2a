"""Formats of which one record makes several events: the rows they give and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.ingest.documents import Unusable
from analyser.ingest.readings import Reading
from analyser.ingest.records import byte_fault
from analyser.schema.inputs import EVENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from analyser.ingest.records import Batch

REMARK = "remark"


def row(event: Mapping[str, Any], common: Mapping[str, Any]) -> list[str | None]:
    """One event as cells, in the order of the table's columns, its remark last.

    Args:
        event: its own columns.
        common: what all events of the record share.

    Raises:
        Unusable: a cell holds what no database could.
    """
    cells = {**common, **event}
    texts = [_text(cells.get(name)) for name in (*EVENTS.names, REMARK)]
    if fault := byte_fault("".join(text for text in texts if text)):
        raise Unusable(fault)
    return texts


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def made_reading(
    export_format: str, batches: Callable[[Path], Iterator[Batch]], remarks: tuple[str, ...]
) -> Reading:
    """A reading whose rows are events already.

    Args:
        export_format: its name in the ingest table.
        batches: gives the rows.
        remarks: what is odd about rows that carry the number of one, counted from 1.
    """
    return Reading(
        format=export_format,
        relation="batch",
        raw_columns=(*(f"c_{name}" for name in EVENTS.names), REMARK),
        cells={name: f"c_{name}" for name in EVENTS.names},
        naive="NOT regexp_matches(substr(c_timestamp, 11), '[zZ+-]')",
        batches=batches,
        refusals=(("c_participant_id IS NULL", "participant_id", "no participant: no learner is named"),),
        remarks=tuple((f"{REMARK} = '{number}'", text) for number, text in enumerate(remarks, 1)),
    )
