"""Files of an export that refer to each other: what one keeps for the others, and how they look it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analyser.schema.inputs import EXPORT_KEYS
from analyser.store import literal

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

Table = dict[str, Any]
_KEPT = tuple(name for name in EXPORT_KEYS.names if name not in {"kind", "key"})


def joined_columns(table: Table) -> dict[str, str]:
    """``as.column`` -> the name its text has in the SQL, for every join."""
    return {
        f"{join['as']}.{name}": f"{join['as']}_{name}" for join in table.get("join", []) for name in _KEPT
    }


def join_sql(table: Table, select: str, origin: Dictionary[str, str]) -> str:
    """SQL: the lines with what other files of the export say about them; none is lost.

    Args:
        table: the mapping; each `join` has `kind`, `key` (a column) and `as`.
        select: SQL giving the lines.
        origin: column in lower case -> SQL.
    """
    for number, join in enumerate(table.get("join", [])):
        # A key may be what an earlier join found.
        key = origin.get(join["key"].lower(), "NULL")
        names = ", ".join(f"r{number}.{name} AS {join['as']}_{name}" for name in _KEPT)
        select = (
            f"(SELECT j{number}.*, {names} FROM {select} j{number} LEFT JOIN export_reference r{number} "
            f"ON r{number}.kind = {literal(join['kind'])} AND r{number}.key = {key})"
        )
    return select


def reference_sql(table: Table, select: str, origin: Dictionary[str, str]) -> str | None:
    """SQL: what the lines are for other files; None if nothing refers to them.

    Args:
        table: the mapping; `reference` has `kind` and, for columns of references, columns of the file.
        select: SQL giving the lines.
        origin: column in lower case -> SQL.
    """
    kept = table.get("reference")
    if not kept:
        return None
    names = ", ".join(f"{origin.get(column.lower(), 'NULL')} AS {name}"
                      for name, column in kept.items() if name != "kind")  # fmt: skip
    return f"SELECT {literal(kept['kind'])} AS kind, {names} FROM {select}"
