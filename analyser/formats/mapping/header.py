"""Where the names of the columns stand in a file, and which of them a mapping needs."""

from __future__ import annotations

import csv
import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analyser.formats.sample import Sample

_MOST_LINES = 30
_DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Header:
    """The names of a file's columns.

    Attributes:
        names: as they are written.
        line: the physical line they stand on (csv); 0 if none.
        delimiter: between them (csv).
        alias: other name in lower case -> the one the mapping uses.
    """

    names: tuple[str, ...]
    line: int = 0
    delimiter: str = ","
    alias: dict[str, str] = field(default_factory=dict)

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
) -> Header | None:
    """The header that has every needed column, or None.

    Args:
        sample: the beginning of the file.
        needs: columns that must be there; a dot leads into an object (JSON lines).
        without: columns that must not be there.
        optional: columns that may be there, for dotted names.
        alias: name of a column -> other names it goes by.
    """
    known = {other.lower(): name.lower() for name, others in (alias or {}).items() for other in others}
    wanted, unwanted = {name.lower() for name in needs}, {name.lower() for name in without or []}
    for header in candidates(sample, [*needs, *(without or []), *(optional or [])]):
        named = dataclasses.replace(header, alias=known)
        if wanted <= set(named.lower) and not unwanted & set(named.lower):
            return named
    return None


def candidates(sample: Sample, names: list[str]) -> list[Header]:
    """Every line that may be the names of columns; `names` may be dotted."""
    if sample.container == "parquet":
        return [Header(sample.columns)]
    if sample.container == "jsonl":
        dotted = [name for name in names if "." in name and _has(sample, name)]
        flat = [name for name in sample.names if _has(sample, name)]
        return [Header(tuple(dict.fromkeys([*flat, *dotted])))]
    found = []
    for number, line in enumerate(sample.head[:_MOST_LINES], start=1):
        for delimiter in _DELIMITERS:
            if delimiter in line or number == 1:
                cells = _split(line, delimiter)
                if len(cells) > 1:
                    found.append(Header(cells, number, delimiter))
    return found


def _split(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().strip("\ufeff") for cell in cells)


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
