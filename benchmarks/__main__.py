"""`python -m benchmarks`: CPU, wall time and memory of the main job against the bare engine.

`python -m benchmarks peers` compares one computation of learning time in several engines, and
`python -m benchmarks gate` fails when the main job has become dearer than it was. `python -m benchmarks
formats` compares the ingest of exports with the bare engine's read of them. All figures are of one run
on one machine; the ratios are what can be compared elsewhere.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.data import folders_of
from benchmarks.measure import measure as measured

Figure = dict[str, float]
WORK = (("parse", "csv"), ("load", "csv"), ("load", "parquet"), ("run", "csv"), ("run", "parquet"))


def measure(work: str, case: Path, module: str = "benchmarks.work") -> Figure:
    """CPU and wall seconds and peak memory (MiB) of one piece of work in its own process."""
    cost, said = measured([sys.executable, "-m", module, *work.split(), str(case)])
    if work == "run":
        _compare_results(case, json.loads(said.splitlines()[-1]))
    return asdict(cost)


_results: dict[str, dict[str, object]] = {}


def _compare_results(case: Path, result: dict[str, object]) -> None:
    """Every run of one size must give the same results, and some: speed without them means nothing."""
    size = case.name.partition("-")[0]
    if not result["credit_rows"] or _results.setdefault(size, result) != result:
        raise SystemExit(f"run on {case.name} gave {result}, not {_results[size]}")


def compare(events: int, runs: int) -> dict[str, Figure]:
    """Medians of every piece of work on one size, the pieces taken in turn."""
    # Made by another process: a child's peak memory starts from its parent's.
    subprocess.run([sys.executable, "-m", "benchmarks.data", str(events), "csv", "parquet"], check=True)
    folders = folders_of(events)
    taken: dict[str, list[Figure]] = {f"{work} {kind}": [] for work, kind in WORK}
    for _ in range(runs):
        for work, kind in WORK:
            taken[f"{work} {kind}"].append(measure(work, folders[kind]))
    return {
        name: {key: statistics.median(figure[key] for figure in figures) for key in figures[0]}
        for name, figures in taken.items()
    }


def table(results: dict[int, dict[str, Figure]]) -> str:
    """The results as a Markdown table with the ratios that are promised."""
    lines = [
        "| events | work | CPU s | wall s | peak MiB | CPU / bare load | CPU / typed parse |",
        "|---|---|---|---|---|---|---|",
    ]
    for events, figures in results.items():
        for name, figure in figures.items():
            ratios = [figure["cpu_s"] / figures[f"{base} csv"]["cpu_s"] for base in ("load", "parse")]
            lines.append(
                f"| {events:,} | {name} | {figure['cpu_s']:.1f} | {figure['wall_s']:.1f} | "
                f"{figure['peak_mib']:.0f} | {ratios[0]:.2f} | {ratios[1]:.2f} |"
            )
    sizes = sorted(results)
    if len(sizes) > 1:
        few, many = sizes[0], sizes[-1]
        for kind in ("csv", "parquet"):
            growth = results[many][f"run {kind}"]["cpu_s"] / results[few][f"run {kind}"]["cpu_s"]
            lines.append(
                f"\nGrowth of run {kind}, {few:,} to {many:,}: exponent {math.log(growth, many / few):.2f}"
            )
    return "\n".join(lines)


def main() -> None:
    """Measure, print the table and keep it beside this file; or what the first word asks for."""
    if sys.argv[1:2] == ["peers"]:
        from benchmarks.peers.compare import main as peers

        return peers(sys.argv[2:])
    if sys.argv[1:2] == ["gate"]:
        from benchmarks.gate import main as gate

        return gate(sys.argv[2:])
    if sys.argv[1:2] == ["incremental"]:
        from benchmarks.incremental import main as incremental

        return incremental(sys.argv[2:])
    if sys.argv[1:2] == ["formats"]:
        from benchmarks.formats import main as formats

        return formats(sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[2_000_000, 20_000_000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    results = {events: compare(events, options.runs) for events in options.events}
    text = table(results)
    for size, result in _results.items():
        text += f"\n{int(size):,} events: {result['credit_rows']:,} credit rows, digest {result['digest']}."
    print(text)
    about = {"machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}
    home = Path(__file__).resolve().parent
    (home / "results.json").write_text(json.dumps({"about": about, "results": results}, indent=1))
    return None


if __name__ == "__main__":
    main()
