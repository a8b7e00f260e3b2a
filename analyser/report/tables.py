"""The result tables as Parquet and CSV files, sorted, without passing through Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.report.files import whole
from analyser.report.query import columns, query, quoted
from analyser.schema.results import RESULTS
from analyser.store import literal, path_literal

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.results import Results

# A row is looked up by person, then by course, then by time: that is how files are sorted.
SORTED_FIRST = (
    "participant_id", "activity_id", "module_id", "started_at", "start_at", "at",
)  # fmt: skip
# A spreadsheet would run what starts with one of these as a formula.
RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_tables(results: Results, out: Path) -> dict[str, Path]:
    """Writes NAME.parquet and NAME.csv of every result table; returns the files by name."""
    written: dict[str, Path] = {}
    for name in RESULTS:
        parquet, csv = out / f"{name}.parquet", out / f"{name}.csv"
        types = columns(results, name)
        _write_parquet(results, name, types, parquet)
        _write_csv(results, parquet, types, csv)
        written |= {parquet.name: parquet, csv.name: csv}
    return written


def _write_parquet(results: Results, name: str, types: dict[str, str], path: Path) -> None:
    names = ", ".join(map(quoted, types))
    with whole(path) as part:
        results.rows(
            query(
                "write_parquet",
                columns=names,
                relation=name,
                order=order_of(types),
                file=literal(str(part.resolve())),
            )
        )


def _write_csv(results: Results, parquet: Path, types: dict[str, str], path: Path) -> None:
    """Writes the CSV from the Parquet file, whose rows stand in order already."""
    cells = ", ".join(csv_cells(types))
    with whole(path) as part:
        results.rows(
            query(
                "write_csv",
                columns=cells,
                source=path_literal(parquet.resolve()),
                file=literal(str(part.resolve())),
            )
        )


def order_of(types: dict[str, str]) -> str:
    """The columns a table is sorted by: all of them, so that no two runs differ."""
    first = [name for name in SORTED_FIRST if name in types]
    rest = [name for name in types if name not in first]
    return ", ".join(f"{quoted(name)} NULLS FIRST" for name in first + rest)


def csv_cells(types: dict[str, str]) -> list[str]:
    """SQL of each CSV cell; text that a spreadsheet could run gets a leading apostrophe."""
    risky = ", ".join(f"chr({ord(start)})" for start in RISKY_STARTS)
    return [
        query("csv_cell", cell=quoted(name), risky=risky) if kind == "VARCHAR" else quoted(name)
        for name, kind in types.items()
    ]
