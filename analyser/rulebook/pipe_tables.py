"""Small tables written with bars, as people write them in a note."""

from __future__ import annotations

import re

Row = dict[str, str]
_RANGE = re.compile(r"([A-Za-z]+)(\d+)-\1(\d+)")


def read_table(text: str) -> list[Row]:
    """The rows of a table: a header line, then one line each; an empty cell is left out.

    Raises:
        ValueError: a line has more cells than the header.
    """
    header, *body = _lines(text) or [[]]
    rows = []
    for cells in body:
        if len(cells) > len(header):
            raise ValueError(f"a row has {len(cells)} cells for {len(header)} columns: {' | '.join(cells)}")
        rows.append({name: cell for name, cell in zip(header, cells, strict=False) if cell})
    return rows


def header_of(text: str) -> list[str]:
    """The column names of a table."""
    return (_lines(text) or [[]])[0]


def spread(row: Row, *columns: str) -> list[Row]:
    """One row for each name of a range like ``q1-q10`` in one of these columns."""
    for column in columns:
        if named := _RANGE.fullmatch(row.get(column, "")):
            first, last = int(named[2]), int(named[3])
            return [{**row, column: f"{named[1]}{number}"} for number in range(first, last + 1)]
    return [row]


def _lines(text: str) -> list[list[str]]:
    kept = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [[cell.strip() for cell in line.split("|")] for line in kept]
