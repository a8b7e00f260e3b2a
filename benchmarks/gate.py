"""`python -m benchmarks gate`: fails when the main job has become dearer against the bare engine.

Both are measured in turn within one run and the least CPU of each counts: what else the machine does
can only add to it, and its speed falls out of the ratio.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.data import folders_of
from benchmarks.measure import measure

BASELINE = Path(__file__).with_name("baseline.json")


def least_cpu(events: int, runs: int) -> dict[str, float]:
    """The least CPU seconds of loading the events with the bare engine and of the main job."""
    subprocess.run([sys.executable, "-m", "benchmarks.data", str(events), "csv"], check=True)
    case = folders_of(events)["csv"]
    taken: dict[str, list[float]] = {"load": [], "run": []}
    for _ in range(runs):
        # The load is short, so that chance weighs more on it.
        for work in ("load", "load", "run"):
            cost, said = measure([sys.executable, "-m", "benchmarks.work", work, str(case)])
            taken[work].append(cost.cpu_s)
            if work == "run" and not json.loads(said.splitlines()[-1])["credit_rows"]:
                raise SystemExit("The main job gave no credit rows, so its speed means nothing.")
    return {work: min(seconds) for work, seconds in taken.items()}


def verdict(ratio: float, baseline: float, margin: float) -> str | None:
    """What is wrong with a ratio; None if it is at most the margin above the baseline."""
    most = baseline * (1 + margin)
    if ratio <= most:
        return None
    return (
        f"The main job took {ratio:.2f} times the CPU of the bare load; the baseline is {baseline:.2f} and "
        f"the most allowed {most:.2f}. Find what became slower, or say in the changelog why and write the "
        "new baseline with --write."
    )


def main(arguments: list[str]) -> None:
    """Measure, and compare with the baseline or write a new one.

    Raises:
        SystemExit: the ratio is more than the margin above the baseline.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks gate", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the ratio as the new baseline")
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args(arguments)
    kept = json.loads(BASELINE.read_text(encoding="utf-8"))
    cpu = least_cpu(kept["events"], options.runs)
    ratio = cpu["run"] / cpu["load"]
    print(
        f"{kept['events']:,} events: load {cpu['load']:.2f} s, run {cpu['run']:.2f} s of CPU, "
        f"ratio {ratio:.2f} "
        f"(baseline {kept['ratio']:.2f}, {kept['margin']:.0%} more is allowed)"
    )
    if options.write:
        kept["ratio"] = round(ratio, 2)
        BASELINE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    elif wrong := verdict(ratio, kept["ratio"], kept["margin"]):
        raise SystemExit(wrong)
