"""A user's mapping beside the program's formats: a format of its own, or changes to one of them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from analyser.errors import PolicyError
from analyser.formats.base import Format
from analyser.formats.mapping import mapped_format
from analyser.formats.mapping.cells import word_sql

if TYPE_CHECKING:
    import duckdb

    from analyser.formats.mapping import Mapping
    from analyser.formats.sample import Sample
    from analyser.ingest.readings import Reading
    from analyser.ingest.source import Source

Table = dict[str, Any]
_WORDS = {"extends", "event", "rule"}


def with_mapping(formats: tuple[Format, ...], mapping: Mapping) -> tuple[Format, ...]:
    """The formats to try, the user's first.

    Raises:
        PolicyError: the mapping changes what is no format, or what it cannot change.
    """
    if mapping.extends is None:
        return (mapped_format(mapping.table), *formats)
    for number, entry in enumerate(formats):
        if entry.name == mapping.extends:
            return (*formats[:number], _changed(entry, mapping), *formats[number + 1 :])
    known = ", ".join(entry.name for entry in formats)
    raise PolicyError(f"{mapping.source}: extends {mapping.extends!r} is no format; choose one of {known}.")


def _changed(entry: Format, mapping: Mapping) -> Format:
    more = mapping.table.keys() - _WORDS
    if entry.build is None:
        if more:
            raise PolicyError(
                f"{mapping.source}: of {entry.name} only the words of events can be changed "
                f"(event, rule), not {', '.join(sorted(more))}."
            )
        return dataclasses.replace(entry, reading=lambda *given: _reworded(entry, mapping.table, *given))
    return entry.build(mapping.table)


def _reworded(
    entry: Format, table: Table, source: Source, sample: Sample, connection: duckdb.DuckDBPyConnection
) -> Reading:
    reading = entry.reading(source, sample, connection)
    word = word_sql(table, f"({reading.cells['event']})")
    return dataclasses.replace(reading, cells={**reading.cells, "event": word}, kind=None)
