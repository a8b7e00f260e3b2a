"""Lakes: tables kept as files in folders named after values, like ``events/day=2025-03-01/part-0.parquet``.

Folders named ``COLUMN=VALUE`` are looked through: the rest of a path says which table a file holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analyser.errors import InputError
from analyser.ingest.scan import printable
from analyser.schema.inputs import INPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path, PurePath

_FOLDER = re.compile(r"([\w.-]+)=(.*)", re.DOTALL)
# What writers of lakes name the folder of an empty value.
_NOTHING = {"", "__HIVE_DEFAULT_PARTITION__"}
_LOGS = {"_delta_log": "Delta", ".hoodie": "Hudi"}


def is_partition(folder: str) -> bool:
    """Whether a folder's name is a column and a value."""
    return bool(_FOLDER.fullmatch(folder))


def plain_parts(path: PurePath) -> tuple[str, ...]:
    """A path's parts without the folders that are values."""
    return (*(part for part in path.parts[:-1] if not is_partition(part)), path.name)


def values_of(path: PurePath) -> dict[str, str | None]:
    """Column -> value of the folders in which a file lies; the innermost of one name counts."""
    found = (_FOLDER.fullmatch(part) for part in path.parts[:-1])
    return {match[1]: _value(match[2]) for match in found if match}


def case_above(folder: Path) -> Path:
    """The case to which a folder belongs: itself, or what lies above its table's folder and values.

    A part of a lake handed over by itself has the same names as with the whole, so that it is known again.
    """
    above = folder.absolute()
    while is_partition(above.name):
        above = above.parent
    is_part = above != folder.absolute()
    if above.name.lower() in INPUTS and (is_part or _has_partitions(above)):
        return above.parent
    return above if is_part else folder


def refuse_logged(folder: Path, found: Iterable[Path]) -> None:
    """Refuse tables of which a log says which files count: to read them all would bring back deleted rows.

    Args:
        folder: the folder handed over.
        found: every path in it.

    Raises:
        InputError: there is such a table, or the folder is part of one.
    """
    whole = folder.absolute()
    while is_partition(whole.name):
        whole = whole.parent
    for path in (*(whole / name for name in _LOGS), *found):
        kind = _LOGS.get(path.name) if path.is_dir() else None
        if path.name.endswith(".metadata.json") and path.parent.name == "metadata":
            kind, path = "Iceberg", path.parent
        if kind:
            raise InputError(
                f"{printable(path.parent.name)}: is a {kind} table, whose log says which of its files count; "
                "that log is not read here, so write the table out as plain Parquet and hand that over."
            )


def _has_partitions(folder: Path) -> bool:
    return any(is_partition(path.name) for path in folder.iterdir() if path.is_dir())


def _value(text: str) -> str | None:
    if text in _NOTHING:
        return None
    raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda sign: bytes.fromhex(sign[1].decode()), text.encode())
    return printable(raw.decode("utf-8", "surrogateescape"))
