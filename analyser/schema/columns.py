"""The shape of a column and of a table: plain data, no logic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "decimal", "date", "timestamp", "boolean", "seconds"]


@dataclass(frozen=True)
class Column:
    """One column of an input or result table.

    Attributes:
        name: the column's name in files.
        kind: how its cells are read (``seconds`` is a duration kept in whole microseconds).
        about: what it means, one line, for the column reference.
        required: an empty cell makes the whole row a reject.
        unless: columns that stand for it: a row that has one of them does not need this one.
    """

    name: str
    kind: Kind
    about: str
    required: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: its name, its grain ("one row per ...") and its columns in order."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def clocks(self) -> tuple[Column, ...]:
        """Columns that hold an instant."""
        return tuple(column for column in self.columns if column.kind == "timestamp")

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)
