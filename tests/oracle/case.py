"""A case folder as plain text cells: contract section 2."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

Cells = Mapping[str, str | None]

TABLES = ("events", "activities", "participants", "items", "questions", "certificates", "venues")


@dataclass
class Case:
    """The tables of one case; a cell is text or None, a missing table is an empty list."""

    events: list[Cells] = field(default_factory=list)
    activities: list[Cells] = field(default_factory=list)
    participants: list[Cells] = field(default_factory=list)
    items: list[Cells] = field(default_factory=list)
    questions: list[Cells] = field(default_factory=list)
    certificates: list[Cells] = field(default_factory=list)
    venues: list[Cells] = field(default_factory=list)


def load_case(folder: Path) -> Case:
    """The case in the plain NAME.csv files of a folder."""
    return Case(**{table: _load_table(folder / f"{table}.csv") for table in TABLES})


def _load_table(path: Path) -> list[Cells]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(lines)]
