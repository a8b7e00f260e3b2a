"""`python -m benchmarks incremental`: what adding one per cent of the events costs, against all of them.

Two ways of being one per cent: everything of one participant in a hundred, and the last hundredth in
time (the next days' export). Each database is assessed, gets the rest and is assessed again; the
digest must be that of the whole.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from benchmarks.data import folders_of, make_case
from benchmarks.measure import measure

if TYPE_CHECKING:
    from collections.abc import Callable

_MODULE = [sys.executable, "-m", "benchmarks.incremental"]
_WAYS = {
    "participants": "hash(participant_id) % 100 = 0",
    "last days": "timestamp >= (SELECT quantile_disc(timestamp, 0.99) FROM read_parquet($file))",
}


def folders_for(events: int, way: str) -> tuple[Path, Path]:
    """Where the registers and 99 % of the events are, and where the rest is."""
    whole = folders_of(events)["parquet"]
    most, rest = (whole.with_name(f"{events}-{way.replace(' ', '-')}-{part}") for part in ("most", "rest"))
    return most, rest


def split(size: str, way: str) -> None:
    """Write those folders (in a process of its own: a child's peak memory starts from its parent's)."""
    events = int(size)
    make_case(events, ["parquet"])
    whole = folders_of(events)["parquet"]
    folders = folders_for(events, way)
    connection = duckdb.connect()
    for folder, sign in zip(folders, ("NOT", ""), strict=True):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        condition = _WAYS[way].replace("$file", f"'{whole / 'events.parquet'}'")
        connection.execute(
            f"COPY (FROM read_parquet('{whole / 'events.parquet'}') WHERE {sign} ({condition})) "
            f"TO '{folder / ('events.parquet' if sign else 'events-rest.parquet')}' "
            "(FORMAT parquet, COMPRESSION zstd)"
        )
    for register in whole.glob("*.csv"):
        shutil.copy(register, folders[0])


def work(database: str, *sources: str) -> None:
    """Ingest and assess; says the digest (in a process of its own)."""
    from datetime import date

    from analyser.audit import Audit

    with Audit(database, memory_limit="3GB", reachable=map(Path, sources)) as audit:
        audit.ingest(sources)
        audit.assess(as_of=date(2026, 11, 22))
        is_part = audit.connection.execute(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = 'touched' AND temporary"
        ).fetchall()
        touched = None
        if is_part:
            ((touched,),) = audit.connection.execute("SELECT count(*) FROM touched").fetchall()
        print(json.dumps({"touched": touched}))


def check(database: str) -> None:
    """Says the digest of the results (apart, so that it is in nobody's figures)."""
    from analyser.audit import Audit
    from analyser.report import digest

    with Audit(database) as audit:
        print(json.dumps({"digest": digest(audit.results)}))


def main(words: list[str]) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks incremental", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000_000)
    options = parser.parse_args(words)
    print("| one per cent | work | CPU s | wall s | peak MiB | participants | CPU / whole |")
    print("|---|---|---|---|---|---|---|")
    for way in _WAYS:
        measure([*_MODULE, "split", str(options.events), way])
        most, rest = folders_for(options.events, way)
        home = most.with_name("databases")
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        whole, digest = _run(home / "whole.duckdb", most, rest)
        _run(home / "steps.duckdb", most)
        step, same = _run(home / "steps.duckdb", rest / "events-rest.parquet")
        if digest != same:
            raise SystemExit(f"{way}: the digest after two steps is {same}, that of the whole {digest}")
        for name, figure in (("all at once", whole), ("the rest", step)):
            who = "all" if figure["touched"] is None else figure["touched"]
            share = figure["cpu_s"] / whole["cpu_s"]
            print(
                f"| {way} | {name} | {figure['cpu_s']:.1f} | {figure['wall_s']:.1f} | "
                f"{figure['peak_mib']:.0f} | {who} | {share:.3f} |",
                flush=True,
            )
        for folder in (home, most, rest):
            shutil.rmtree(folder)


def _run(database: Path, *sources: Path) -> tuple[dict[str, float], str]:
    cost, said = measure([*_MODULE, "work", str(database), *map(str, sources)])
    _, digest = measure([*_MODULE, "check", str(database)])
    figure = {"cpu_s": cost.cpu_s, "wall_s": cost.wall_s, "peak_mib": cost.peak_mib}
    return figure | json.loads(said.splitlines()[-1]), json.loads(digest.splitlines()[-1])["digest"]


if __name__ == "__main__":
    actions: dict[str, Callable[..., None]] = {"split": split, "work": work, "check": check}
    actions[sys.argv[1]](*sys.argv[2:])
