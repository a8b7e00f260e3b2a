"""The figures as a table in `docs/benchmarks.md` and as a picture beside it."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent
FIGURES = HOME / "figures.json"
PAGE = HOME.parents[1] / "docs" / "benchmarks.md"
PICTURE = PAGE.with_name("benchmarks.svg")
_BEGIN, _END = "<!-- figures: made by python -m benchmarks peers -->", "<!-- end of figures -->"
_OWN = "analyser"
_STYLE = "text{font:13px sans-serif;fill:#222}.title{font-weight:600}.peer{fill:#7a8a99}.own{fill:#0b6aa8}"


def write_page() -> None:
    """Make the table and the picture again from the figures that are kept."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8"))
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), table(figures)), encoding="utf-8")
    PICTURE.write_text(picture(figures), encoding="utf-8")


def replaced(page: str, figures: str) -> str:
    """The page with these figures between its marks."""
    head, rest = page.split(_BEGIN)
    return f"{head}{_BEGIN}\n{figures}\n{rest[rest.index(_END) :]}"


def table(figures: dict[str, Any]) -> str:
    """The figures of every size as Markdown, and what each result was."""
    sizes = sorted(figures["sizes"], key=int)
    lines = [
        "| engine | events | CPU s | wall s | peak MiB | CPU / DuckDB | growth of CPU |",
        "|---|---|---|---|---|---|---|",
    ]
    for engine in figures["about"]["versions"]:
        for size in sizes:
            costs = figures["sizes"][size]["costs"]
            cost = costs[engine]
            growth = f"{exponent(figures, engine):.2f}" if size == sizes[-1] and len(sizes) > 1 else ""
            lines.append(
                f"| {_named(figures, engine)} | {int(size):,} | {cost['cpu_s']:.1f} | {cost['wall_s']:.1f} | "
                f"{cost['peak_mib']:,.0f} | {cost['cpu_s'] / costs['duckdb']['cpu_s']:.1f} | {growth} |"
            )
    about = figures["about"]
    runs = "one run" if about["runs"] == 1 else f"medians of {about['runs']} runs"
    lines += ["", f"{about['cores']} cores, {about['machine']}, Python {about['python']}, {runs}.", ""]
    for size in sizes:
        result = figures["sizes"][size]["result"]
        hours = result["active_us"] // 3_600_000_000
        lines.append(
            f"- {int(size):,} events: {result['row_count']:,} rows from every peer, {hours:,} active hours, "
            f"digest `{result['digest']}`."
        )
    return "\n".join(lines)


def exponent(figures: dict[str, Any], engine: str) -> float:
    """By which power of the events the CPU grows between the smallest and the largest size."""
    sizes = sorted(figures["sizes"], key=int)
    few, many = (figures["sizes"][size]["costs"][engine]["cpu_s"] for size in (sizes[0], sizes[-1]))
    return math.log(many / few, int(sizes[-1]) / int(sizes[0]))


def picture(figures: dict[str, Any]) -> str:
    """Bars of CPU seconds and of memory at the largest size, one row per engine."""
    size = max(figures["sizes"], key=int)
    costs = figures["sizes"][size]["costs"]
    engines = list(figures["about"]["versions"])
    height = 60 + 26 * len(engines)
    parts = [f"<style>{_STYLE}</style>"]
    for left, name, unit in ((130, "cpu_s", "CPU seconds"), (500, "peak_mib", "peak memory, MiB")):
        parts.append(f'<text class="title" x="{left}" y="24">{unit}, {int(size):,} events</text>')
        largest = max(cost[name] for cost in costs.values())
        for number, engine in enumerate(engines):
            top, width = 40 + 26 * number, 250 * costs[engine][name] / largest
            kind = "own" if engine == _OWN else "peer"
            parts.append(
                f'<rect class="{kind}" x="{left}" y="{top}" width="{max(width, 1):.1f}" height="18"/>'
            )
            value = f"{costs[engine][name]:,.{1 if name == 'cpu_s' else 0}f}"
            parts.append(f'<text x="{left + max(width, 1) + 6:.1f}" y="{top + 14}">{value}</text>')
            if left == 130:
                label = _named(figures, engine)
                parts.append(f'<text x="{left - 8}" y="{top + 14}" text-anchor="end">{label}</text>')
    label = f"CPU seconds and memory of each engine at {int(size):,} events; the numbers stand in the table."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 {height}" role="img" '
        f'aria-label="{label}">\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _named(figures: dict[str, Any], engine: str) -> str:
    version = ".".join(figures["about"]["versions"][engine].split(".")[:2])
    return f"{engine} {version}" if engine != _OWN else "analyser run"
