"""From journeys to rows with times: chance and the clock, for thousands of people at once.

All times are integer milliseconds; a row is (journey, step, time). No loop runs over people or
events.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from analyser.synth.calendar import BusyDays, sitting_starts
from analyser.synth.catalogue import DAY_MS
from analyser.synth.cohort import Journeys
from analyser.synth.library import Library, Table
from analyser.synth.spread import spread

if TYPE_CHECKING:
    import numpy as np

HONG_KONG_MS = 8 * 3_600_000


@dataclass
class Rows:
    """One row per event.

    `beat`: 0 for the step itself, else the n-th heartbeat after it. `at`: UTC milliseconds.
    `word`: another event than the step's own (negative: the step's own).
    """

    journey: np.ndarray
    step: np.ndarray
    beat: np.ndarray
    at: np.ndarray
    sitting: np.ndarray
    word: np.ndarray

    def pick(self, index: np.ndarray) -> Rows:
        """The rows at these places."""
        return Rows(*(getattr(self, column.name)[index] for column in fields(self)))


def play_out(rng: np.random.Generator, library: Library, journeys: Journeys, days: BusyDays) -> Rows:
    """All rows of these journeys, by journey and time."""
    import numpy as np

    step, journey = spread(library.step.start[journeys.script], library.step.count[journeys.script])
    column = library.step.columns
    low, high = column["reps_lo"], column["reps_hi"]
    repeated = np.flatnonzero(high[step] > 1)
    reps = np.ones(len(step), dtype=np.int64)
    reps[repeated] = rng.integers(low[step[repeated]], high[step[repeated]] + 1)
    step, journey = np.repeat(step, reps), np.repeat(journey, reps)

    gap = _gaps(rng, library, journeys, step, journey)
    first_sitting = np.cumsum(library.sitting.count[journeys.script]) - library.sitting.count[journeys.script]
    sitting = first_sitting[journey] + column["sitting"][step]
    begins = np.flatnonzero(np.diff(sitting, prepend=-1))
    elapsed = np.cumsum(gap) - gap
    offset = elapsed - np.repeat(elapsed[begins], np.diff(begins, append=len(sitting)))
    start = sitting_starts(rng, library, journeys, days)
    _anchor(start, library, journeys, step, journey, sitting, offset)
    at = start[sitting] + offset - HONG_KONG_MS
    rows = Rows(journey, step, np.zeros(len(step), np.int32), at, sitting, np.full(len(step), -1, np.int8))
    rows = _with_beats(rows, gap, column["beat_ms"])
    cut = library.script["seconds"][journeys.script][rows.journey]
    rows.at = np.where(cut, rows.at // 1000 * 1000, rows.at)
    return rows


def _gaps(
    rng: np.random.Generator,
    library: Library,
    journeys: Journeys,
    step: np.ndarray,
    journey: np.ndarray,
) -> np.ndarray:
    """Milliseconds after each row.

    Elastic ones stretched so that every block lasts exactly its target.
    """
    import numpy as np

    column = library.step.columns
    low, high = column["gap_lo"][step], column["gap_hi"][step]
    gap = low + (rng.random(len(step)) * (high - low + 1)).astype(np.int64)
    median = column["median_s"][step]
    elastic = np.flatnonzero(median > 0)
    drawn = (
        median[elastic] * 1000 * np.exp(rng.standard_normal(len(elastic)) * column["sigma"][step[elastic]])
    )
    # Whole numbers: sums are exact, so no processor's last digit can move an event.
    drawn = np.rint(np.clip(drawn, low[elastic], high[elastic]))

    block = _block_ids(library, journeys, step, journey)
    target = _targets(rng, library.block, journeys)
    inside = np.flatnonzero((block >= 0) & (median <= 0))
    fixed = np.bincount(block[inside], weights=gap[inside], minlength=len(target)).astype(np.int64)
    gap[elastic] = _stretched(drawn, block[elastic], np.maximum(target - fixed, 1000))
    found: np.ndarray = gap
    return found


def _stretched(drawn: np.ndarray, owner: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The drawn gaps of each owner, stretched so that together they last what is wanted of it."""
    import numpy as np

    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    sizes = np.diff(begins, append=len(owner))
    total = np.cumsum(drawn)
    base = np.repeat((total - drawn)[begins], sizes)
    whole = np.repeat(total[begins + sizes - 1], sizes) - base
    # Where each gap ends, as a share of the block; the last share is exactly one, so nothing is
    # lost.
    ends = np.rint((total - base) / whole * wanted[owner]).astype(np.int64)
    previous = np.concatenate([[0], ends[:-1]])
    previous[begins] = 0
    gaps: np.ndarray = ends - previous
    return gaps


def _block_ids(library: Library, journeys: Journeys, step: np.ndarray, journey: np.ndarray) -> np.ndarray:
    import numpy as np

    count = library.block.count[journeys.script]
    block = library.step.columns["block"][step]
    return np.where(block < 0, -1, (np.cumsum(count) - count)[journey] + block)


def _targets(rng: np.random.Generator, block: Table, journeys: Journeys) -> np.ndarray:
    place, _ = spread(block.start[journeys.script], block.count[journeys.script])
    low, high = block.columns["lo"][place], block.columns["hi"][place]
    found: np.ndarray = low + (rng.random(len(place)) * (high - low + 1)).astype("int64")
    return found


def _with_beats(rows: Rows, gap: np.ndarray, beat_ms: np.ndarray) -> Rows:
    """Put the page's heartbeats into the gaps of those who have them."""
    import numpy as np

    every = beat_ms[rows.step]
    last = np.append(rows.sitting[1:] != rows.sitting[:-1], True)
    count = np.where((every > 0) & ~last, (gap - 1) // np.maximum(every, 1), 0)
    index = np.repeat(np.arange(len(gap)), count + 1)
    first = np.cumsum(count + 1) - (count + 1)
    beat = np.arange(len(index)) - first[index]
    found = rows.pick(index)
    found.at = found.at + beat * every[index]
    found.beat = beat.astype(np.int32)
    return found


def _anchor(
    start: np.ndarray,
    library: Library,
    journeys: Journeys,
    step: np.ndarray,
    journey: np.ndarray,
    sitting: np.ndarray,
    offset: np.ndarray,
) -> None:
    """Move the sittings that must reach a certain moment at a certain step."""
    import numpy as np

    held = np.flatnonzero(library.step.columns["anchored"][step])
    script = journeys.script[journey[held]]
    moment = (
        library.script["anchor_day"][script].astype(np.int64) * DAY_MS + library.script["anchor_ms"][script]
    )
    start[sitting[held]] = moment - offset[held]
