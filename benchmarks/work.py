"""The pieces of work that are compared; each runs in a process of its own."""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from analyser.schema.inputs import EVENTS

_TYPES = {"timestamp": "TIMESTAMPTZ", "score": "DOUBLE", "max_score": "DOUBLE", "duration_s": "DOUBLE"}


def _reader(case: Path) -> str:
    """The events in their types; of Parquet only the times are text."""
    if (parquet := case / "events.parquet").exists():
        return f"(SELECT * REPLACE (timestamp::TIMESTAMPTZ AS timestamp) FROM read_parquet('{parquet}'))"
    columns = ", ".join(f"'{name}': '{_TYPES.get(name, 'VARCHAR')}'" for name in EVENTS.names)
    return f"read_csv('{case / 'events.csv'}', header=true, auto_detect=false, columns={{{columns}}})"


def _connect(folder: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(f"{folder}/bare.duckdb")
    connection.execute("SET TimeZone='UTC'; SET memory_limit='3GB'")
    return connection


def parse(case: Path) -> None:
    """Parse every column of the CSV into its type, keep nothing."""
    with tempfile.TemporaryDirectory() as folder:
        largest = ", ".join(f"max({name})::VARCHAR" for name in EVENTS.names)
        _connect(folder).execute(f"SELECT {largest} FROM {_reader(case)}").fetchall()


def load(case: Path) -> None:
    """Load every column of the events into a table on disk."""
    with tempfile.TemporaryDirectory() as folder:
        connection = _connect(folder)
        connection.execute(f"CREATE TABLE events AS FROM {_reader(case)}").fetchall()
        connection.execute("CHECKPOINT")


def run(case: Path) -> None:
    """The main job: every output, pages for at most 200 participants."""
    from analyser.cli import cli

    folder = tempfile.mkdtemp()
    arguments = ["run", str(case), "--out", folder, "--as-of", "2026-11-22", "--memory-limit", "3GB"]
    try:
        cli.main([*arguments, "--pages", "200", "--quiet"], standalone_mode=False)
        _tell_results(Path(folder))
    finally:
        shutil.rmtree(folder)


def _tell_results(folder: Path) -> None:
    """The digest and the number of credit rows, so that a quick run that gives nothing is found out."""
    with (folder / "credits.csv").open(encoding="utf-8", newline="") as file:
        rows = sum(1 for _ in csv.reader(file)) - 1
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    print(json.dumps({"digest": manifest["digest"], "credit_rows": rows}))


if __name__ == "__main__":
    {"parse": parse, "load": load, "run": run}[sys.argv[1]](Path(sys.argv[2]))
