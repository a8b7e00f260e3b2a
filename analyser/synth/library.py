"""Scripts as numbers.

Every step of every script in one set of arrays, ready to be gathered from.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from analyser.synth.catalogue import Catalogue, day_number
from analyser.synth.cohort import honest_scripts
from analyser.synth.people import KINDS, honest_story
from analyser.synth.plant_stories import planted_story
from analyser.synth.plants import PLANTS
from analyser.synth.script import NONE, Script, Step

if TYPE_CHECKING:
    import numpy as np


@dataclass
class Table:
    """Rows of all scripts one after the other.

    Those of script s are `start[s] : start[s] + count[s]`.
    """

    start: np.ndarray
    count: np.ndarray
    columns: dict[str, np.ndarray]


@dataclass
class Library:
    """All scripts.

    `script` has one row each; its windows and anchors are day numbers (NONE: no anchor).
    """

    scripts: list[Script]
    step: Table
    block: Table
    attempt: Table
    sitting: Table
    script: dict[str, np.ndarray]
    widest: dict[str, int]


def build_library(catalogue: Catalogue, seed: int, shift: int, used: set[int] | None = None) -> Library:
    """Write every script (or only those `used`.

    The others stay empty) and lay them out as arrays.
    """
    import numpy as np

    scripts: list[Script] = []
    honest = honest_scripts(catalogue)
    for number, (kind, activity, variant) in enumerate(honest):
        wanted = used is None or number in used
        scripts.append(honest_story(catalogue, KINDS[kind], activity, variant, seed) if wanted else Script())
    for number, plant in enumerate(PLANTS, len(honest)):
        wanted = used is None or number in used
        scripts.append(planted_story(catalogue, plant, seed) if wanted else Script())
    per_script = {
        "sessions": [s.sessions for s in scripts],
        "seconds": [s.seconds for s in scripts],
        "session_ids": [s.session_ids for s in scripts],
        "twice": [s.twice for s in scripts],
        "first_day": [day_number(s.window[0], shift) for s in scripts],
        "last_day": [day_number(s.window[1], shift) for s in scripts],
        "anchor_day": [day_number(s.anchor[0], shift) if s.anchor else NONE for s in scripts],
        "anchor_ms": [s.anchor[1] if s.anchor else 0 for s in scripts],
    }
    return Library(
        scripts,
        step=_step_table(scripts),
        block=_table([[list(b) for b in s.blocks] for s in scripts], ["lo", "hi"]),
        attempt=_table(
            [[[a.unit, a.size, a.right_lo, a.right_hi, a.claim] for a in s.attempts] for s in scripts],
            ["unit", "size", "right_lo", "right_hi", "claim"],
        ),
        sitting=_table(
            [[[t.wait_lo, t.wait_hi, t.clock] for t in s.sittings] for s in scripts],
            ["wait_lo", "wait_hi", "clock"],
        ),
        script={name: np.array(values) for name, values in per_script.items()},
        widest={"credit": max(len(s.credits) for s in scripts)},
    )


def _step_table(scripts: list[Script]) -> Table:
    names = [field.name for field in fields(Step)]
    return _table([[[getattr(step, name) for name in names] for step in s.steps] for s in scripts], names)


def _table(rows: list[list[list[float]]], names: list[str]) -> Table:
    import numpy as np

    count = np.array([len(part) for part in rows], dtype=np.int64)
    flat = np.array([row for part in rows for row in part], dtype=np.float64).reshape(-1, len(names))
    exact = {"median_s", "sigma"}
    columns = {
        name: np.ascontiguousarray(flat[:, n] if name in exact else flat[:, n].astype(np.int32))
        for n, name in enumerate(names)
    }
    return Table(np.cumsum(count) - count, count, columns)
