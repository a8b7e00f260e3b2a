"""Runs every engine on the same events, compares the results row by row, and writes the figures down."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.data import folders_of
from benchmarks.measure import Cost, measure
from benchmarks.peers import ENGINES
from benchmarks.peers.page import FIGURES, write_page

PROGRAM = "analyser"
_PACKAGES = {"spark": "pyspark"}


def _once(engine: str, case: Path) -> tuple[Cost, dict[str, Any]]:
    """Cost of one engine on one case, and what it gave; the program writes its whole report."""
    if engine == PROGRAM:
        cost, said = measure([sys.executable, "-m", "benchmarks.work", "run", str(case)])
        return cost, json.loads(said.splitlines()[-1])
    with tempfile.TemporaryDirectory() as out:
        work = [sys.executable, "-m", "benchmarks.peers.work"]
        cost, _ = measure([*work, engine, str(case / "events.parquet"), out])
        told = subprocess.run([*work, "check", out], check=True, capture_output=True, text=True)
        return cost, json.loads(told.stdout)


def compare(events: int, runs: int, engines: list[str]) -> dict[str, Any]:
    """Medians of every engine on one size, the engines taken in turn.

    Raises:
        SystemExit: two engines gave different rows, or none.
    """
    subprocess.run([sys.executable, "-m", "benchmarks.data", str(events), "typed"], check=True)
    case = folders_of(events)["typed"]
    taken: dict[str, list[Cost]] = {engine: [] for engine in engines}
    results: dict[bool, dict[str, Any]] = {}
    for _ in range(runs):
        for engine in engines:
            cost, result = _once(engine, case)
            first = results.setdefault(engine == PROGRAM, result)
            if result != first or not any(result.values()):
                raise SystemExit(f"{engine} gave {result}, the first engine {first}")
            taken[engine].append(cost)
            print(f"{events:,} {engine}: {cost}", flush=True)
    costs = {
        engine: {
            name: round(statistics.median(getattr(cost, name) for cost in of_engine), 2)
            for name in ("cpu_s", "wall_s", "peak_mib")
        }
        for engine, of_engine in taken.items()
    }
    return {"result": results.get(False), "costs": costs}


def main(arguments: list[str]) -> None:
    """Measure, keep the figures and make the page and its picture again."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers", description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[2_000_000, 20_000_000])
    parser.add_argument("--runs", type=int, default=3)
    every = [*ENGINES, PROGRAM]
    parser.add_argument("--engines", nargs="+", default=every, choices=every)
    options = parser.parse_args(arguments)
    sizes = {str(size): compare(size, options.runs, options.engines) for size in options.events}
    about = {
        "runs": options.runs,
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "versions": {engine: metadata.version(_PACKAGES.get(engine, engine)) for engine in options.engines},
    }
    FIGURES.write_text(json.dumps({"about": about, "sizes": sizes}, indent=1) + "\n", encoding="utf-8")
    write_page()
