"""`python -m benchmarks formats`: CPU of taking in exports against what the bare engine needs for them.

Of JSON lines the floor is DuckDB's own typed read of the same fields into a table on disk, with those
that stand in a field's own JSON text; of Moodle's log it is the ingest of a canonical CSV of as many
rows, with the columns that the log fills. Every figure is user and system time of a whole process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.formats_data import file_of
from benchmarks.measure import measure

Figure = dict[str, float]

# Format -> what its ingest is compared with, and the most times its CPU that is meant.
FLOORS = {"openedx": ("typed read", 1.6), "xapi": ("typed read", 1.6), "moodle": ("ingest canonical", 1.4)}
WORK = (
    ("bare", "openedx"), ("outer", "openedx"), ("ingest", "openedx"), ("bare", "xapi"), ("ingest", "xapi"),
    ("ingest", "canonical"), ("ingest", "moodle"),
)  # fmt: skip


def bare(name: str, file: Path, *, is_outer_only: bool = False) -> None:
    """DuckDB's typed read of the fields that a format uses into a table on disk.

    Args:
        name: the format.
        file: its file.
        is_outer_only: leave out what stands inside the event's body.
    """
    import duckdb

    query = typed_read(name, file, is_outer_only=is_outer_only)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/bare.duckdb") as connection:
        connection.execute(f"CREATE TABLE bare AS {query}").fetchall()
        connection.execute("CHECKPOINT")


def typed_read(name: str, file: Path, *, is_outer_only: bool) -> str:
    """SQL of what `bare` loads."""
    from analyser.formats.openedx import BODY
    from analyser.formats.openedx import PARTS as OPENEDX
    from analyser.formats.xapi.meaning import PARTS as XAPI

    parts = {"openedx": OPENEDX, "xapi": XAPI}[name]
    read = f"FROM read_json('{file}', format='newline_delimited', columns={parts.columns()})"
    if name == "xapi" or is_outer_only:
        return read
    # `event` (or `data`) is an object or a JSON text: whatever it is, its fields are a second typed read.
    body = "coalesce(event, data)"
    shape = json.dumps(dict.fromkeys(BODY.names, "VARCHAR"))
    inside = f"from_json(CASE WHEN starts_with({body}, '{{') THEN {body} END, '{shape}')"
    return f"SELECT * EXCLUDE (event, data), {inside} AS body {read}"


def ingest(name: str, file: Path) -> None:
    """The whole ingest into a database on disk; fewer rows than lines are a failure."""
    from analyser.audit import Audit

    with (
        tempfile.TemporaryDirectory() as folder,
        Audit(Path(folder) / "audit.duckdb", reachable=[file.parent]) as audit,
    ):
        audit.ingest([file])
        found = audit.connection.execute(
            "SELECT rows_read, rows_stored + rows_duplicate + rows_rejected FROM ingest_ledger"
        ).fetchall()
    lines = int(file.parent.parent.name.removeprefix("formats-"))
    if found != [(lines, lines)]:
        raise SystemExit(f"{name}: of {lines} lines the ledger tells {found}")


def compare(rows: int, runs: int) -> dict[str, Figure]:
    """Medians of every piece of work, the pieces taken in turn."""
    # Made by another process: a child's peak memory starts from its parent's.
    subprocess.run([sys.executable, "-m", "benchmarks.formats_data", str(rows)], check=True)
    taken: dict[str, list[Figure]] = {f"{work} {name}": [] for work, name in WORK}
    for _ in range(runs):
        for work, name in WORK:
            command = [sys.executable, "-m", "benchmarks.formats", work, name, str(file_of(name, rows))]
            taken[f"{work} {name}"].append(asdict(measure(command)[0]))
    return {
        name: {key: statistics.median(figure[key] for figure in figures) for key in figures[0]}
        for name, figures in taken.items()
    }


def table(rows: int, figures: dict[str, Figure]) -> str:
    """The figures as a Markdown table, each format beside its floor."""
    lines = [
        f"| {rows:,} rows of | compared with | CPU s of that | CPU s | wall s | peak MiB | ratio | aim |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, (floor, aim) in FLOORS.items():
        base = figures[f"bare {name}" if floor == "typed read" else floor]["cpu_s"]
        own = figures[f"ingest {name}"]
        lines.append(
            f"| {name} | {floor} | {base:.1f} | {own['cpu_s']:.1f} | {own['wall_s']:.1f} | "
            f"{own['peak_mib']:.0f} | {own['cpu_s'] / base:.2f} | {aim} |"
        )
    outer, inner = (figures[f"{work} openedx"]["cpu_s"] for work in ("outer", "ingest"))
    said = f"Open edX beside the typed read without the body's fields ({outer:.1f} s): {inner / outer:.2f}."
    return "\n".join([*lines, "", said])


def main(arguments: list[str]) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks formats", description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    print(table(options.rows, compare(options.rows, options.runs)))


if __name__ == "__main__":
    kind, of, place = sys.argv[1:]
    if kind == "ingest":
        ingest(of, Path(place))
    else:
        bare(of, Path(place), is_outer_only=kind == "outer")
