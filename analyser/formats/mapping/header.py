"""Where the names of the columns stand in a file, and which of them a mapping needs."""

from __future__ import annotations

import csv
import dataclasses
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from analyser.ingest.scan import open_text, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from analyser.formats.sample import Sample

_MOST_LINES, _FAR_LINES = 30, 100_000
_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Header:
    """The names of a file's columns.

    Attributes:
        names: as they are written.
        line: the physical line they stand on (csv); 0 if none.
        delimiter: between them (csv).
        alias: other name in lower case -> the one the mapping uses.
        before: the first lines of the file, as far as they stand above it (csv).
    """

    names: tuple[str, ...]
    line: int = 0
    delimiter: str = ","
    alias: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()

    @cached_property
    def spelt(self) -> frozenset[str]:
        """The names in lower case, as they are written."""
        return frozenset(name.lower() for name in self.names)

    @property
    def lower(self) -> tuple[str, ...]:
        """The names in lower case, as the mapping knows them."""
        return tuple(self.alias.get(name.lower(), name.lower()) for name in self.names)


def find_header(
    sample: Sample,
    needs: list[str],
    without: list[str] | None = None,
    optional: list[str] | None = None,
    alias: dict[str, list[str]] | None = None,
    marker: str | None = None,
) -> Header | None:
    """The header that has every needed column, or None.

    Args:
        sample: the beginning of the file.
        needs: columns that must be there; a dot leads into an object (JSON lines).
        without: columns that must not be there.
        optional: columns that may be there, for dotted names.
        alias: name of a column -> other names it goes by.
        marker: what the file's first line looks like when the names may stand far below it.
    """
    known = {other.lower(): name.lower() for name, others in (alias or {}).items() for other in others}
    # Any of a column's names will do; most files fail at the first column, so that is asked first.
    wanted = [_spellings(name, alias) for name in needs]
    unwanted = {spelling for name in without or [] for spelling in _spellings(name, alias)}
    found: Iterable[Header] = candidates(sample, [*needs, *(without or []), *(optional or [])])
    if marker:
        is_marked = sample.head and re.search(marker, sample.head[0])
        found = _far_candidates(sample) if is_marked else []
    for header in found:
        if all(spellings & header.spelt for spellings in wanted) and not unwanted & header.spelt:
            return dataclasses.replace(header, alias=known)
    return None


def _spellings(name: str, alias: dict[str, list[str]] | None) -> set[str]:
    return {name.lower(), *(other.lower() for other in (alias or {}).get(name, []))}


def candidates(sample: Sample, names: list[str]) -> list[Header]:
    """Every line that may be the names of columns; `names` may be dotted."""
    if sample.container == "parquet":
        return [Header(sample.columns)]
    if sample.container in {"json", "jsonl"}:
        dotted = [name for name in names if "." in name and _has(sample, name)]
        flat = [name for name in sample.names if _has(sample, name)]
        return [Header(tuple(dict.fromkeys([*flat, *dotted])))]
    return _near_candidates(sample.head[:_MOST_LINES])


@lru_cache(maxsize=4)
def _near_candidates(head: tuple[str, ...]) -> list[Header]:
    """Every format asks for the same lines of a file."""
    return list(_lines_as_headers(head))


def _far_candidates(sample: Sample) -> Iterator[Header]:
    if sample.path is not None:
        with open_text(sample.path) as text:
            yield from _lines_as_headers(line.rstrip("\r\n") for line in islice(text, _FAR_LINES))


def _lines_as_headers(lines: Iterable[str]) -> Iterator[Header]:
    first: list[str] = []
    for number, line in enumerate(lines, start=1):
        for delimiter in _DELIMITERS:
            if delimiter in line and len(cells := _split(line, delimiter)) > 1:
                yield Header(cells, number, delimiter, before=tuple(first))
        if len(first) < _MOST_LINES:
            first.append(line)


def _split(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return ()
    return tuple(printable(cell).strip().strip("\ufeff") for cell in cells)


def _has(sample: Sample, name: str) -> bool:
    """Whether at least half of the objects have a (dotted) key."""
    return 2 * sum(_value(entry, name) is not _NOTHING for entry in sample.objects) >= len(sample.objects)


_NOTHING = object()


def _value(entry: Any, name: str) -> Any:
    for key in [name] if isinstance(entry, dict) and name in entry else name.split("."):
        if not isinstance(entry, dict) or key not in entry:
            return _NOTHING
        entry = entry[key]
    return entry


def above(header: Header, place: dict[str, str], alias: dict[str, list[str]]) -> str | None:
    """A value that stands above the names of the columns.

    Args:
        header: the names and the lines above.
        place: `right`: the name whose value stands beside it; or `below`: the name over the value.
        alias: name -> other names it goes by.
    """
    name = place.get("right") or place.get("below") or ""
    wanted = {name.lower(), *(other.lower() for other in alias.get(name, []))}
    lines = [_split(line, header.delimiter) for line in header.before]
    for number, cells in enumerate(lines):
        for position, cell in enumerate(cells):
            if cell.lower() in wanted:
                rest = cells[position + 1 :] if "right" in place else _at(lines, number + 1, position)
                return next((value for value in rest if value), None)
    return None


def _at(lines: list[tuple[str, ...]], number: int, position: int) -> tuple[str, ...]:
    return lines[number][position : position + 1] if number < len(lines) else ()
