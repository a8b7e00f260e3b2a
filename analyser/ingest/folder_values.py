"""What the folders of a lake say of the rows in them: a value fills the column that the file has not."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source
    from analyser.schema.columns import Table


def filled(reading: Reading, table: Table, source: Source) -> Reading:
    """A reading of a case's table with the values of its folders: as cells, or named as not used."""
    if source.table is None or not (values := source.values):
        return reading
    cells, constants = dict(reading.cells), []
    for number, name in enumerate(name for name in values if name in fillable(table)):
        cell = reading.cells.get(name)
        # Of JSON lines each says for itself whether it has the name.
        if cell is None or source.container == "jsonl":
            cells[name] = f"coalesce({cell}, v{number})" if cell else f"v{number}"
            constants.append(f"{_constant(values[name])} AS v{number}")
    extra = (*reading.extra, *(name for name in values if name not in table.names))
    if not constants:
        return dataclasses.replace(reading, extra=extra)
    over = f"(SELECT *, {', '.join(constants)} FROM {reading.over})"
    return dataclasses.replace(reading, cells=cells, over=over, extra=extra)


def fillable(table: Table) -> tuple[str, ...]:
    """Columns that a folder's name can fill: all but instants, which no folder stands for."""
    return tuple(column.name for column in table.columns if column.kind != "timestamp")


def _constant(value: str | None) -> str:
    """A text in SQL that holds no sign of its own: it stands in statements that are put together later."""
    return "NULL::VARCHAR" if value is None else f"decode(unhex('{value.encode().hex()}'))"
