"""Which day and which hour: the busy months, the weekends, and what a person can do in one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.synth.catalogue import DAY_MS
from analyser.synth.cohort import Journeys
from analyser.synth.library import Library
from analyser.synth.spread import spread

if TYPE_CHECKING:
    import numpy as np

# How busy each month is, January first: a rush before the period ends on 31 July.
_MONTHS = (0.9, 0.6, 0.9, 0.9, 1.1, 2.4, 4.2, 0.5, 0.7, 0.8, 0.9, 0.7)


@dataclass
class BusyDays:
    """The weights of all days of the case.

    The busier the day, the more first sittings fall on it.
    """

    first: int
    heaped: np.ndarray

    @classmethod
    def between(cls, first: int, last: int) -> BusyDays:
        """For all days from first to last."""
        import numpy as np

        days = np.arange(first, last + 1).astype("datetime64[D]")
        month = days.astype("datetime64[M]").astype(int) % 12
        weekend = (np.arange(first, last + 1) + 3) % 7 >= 5
        weight = np.array(_MONTHS)[month] * np.where(weekend, 1.35, 1.0)
        return cls(first, np.concatenate([[0.0], np.cumsum(weight)]))

    def cuts(self, parts: int) -> np.ndarray:
        """The days on which a second, third, … of equally busy parts begins."""
        import numpy as np

        shares = np.arange(1, parts) / parts * self.heaped[-1]
        found: np.ndarray = np.searchsorted(self.heaped, shares - 1e-6) + self.first
        return found

    def draw(self, rng: np.random.Generator, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """One day for each pair of first and last days allowed."""
        import numpy as np

        left, right = self.heaped[low - self.first], self.heaped[high + 1 - self.first]
        found = np.searchsorted(self.heaped, left + rng.random(len(low)) * (right - left), side="right") - 1
        day: np.ndarray = np.clip(found + self.first, low, high)
        return day


def sitting_starts(
    rng: np.random.Generator, library: Library, journeys: Journeys, days: BusyDays
) -> np.ndarray:
    """Hong Kong milliseconds at which each sitting begins; no two of one person on the same day."""
    import numpy as np

    script = library.script
    place, journey = spread(library.sitting.start[journeys.script], library.sitting.count[journeys.script])
    column = library.sitting.columns
    wait = rng.integers(column["wait_lo"][place], column["wait_hi"][place] + 1)
    first = np.flatnonzero(np.diff(journey, prepend=-1))
    base = days.draw(rng, script["first_day"][journeys.script], script["last_day"][journeys.script])
    wait[first] = base
    run = np.cumsum(wait)
    day = run - np.repeat((run - wait)[first], np.diff(first, append=len(journey)))
    day = _one_a_day(day, journeys.participant[journey])
    found: np.ndarray = day * DAY_MS + _clock(rng, day, column["clock"][place])
    return found


def _one_a_day(day: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Move sittings to the next free day, keeping the order of every person's sittings."""
    import numpy as np

    order = np.lexsort((np.arange(len(day)), day, person))
    rank = np.arange(len(day))
    # Persons are kept apart by an offset wider than any calendar.
    apart = person[order].astype(np.int64) * 10_000_000
    moved = np.maximum.accumulate(day[order] - rank + apart) + rank - apart
    free = np.empty_like(day)
    free[order] = moved
    return free


def _clock(rng: np.random.Generator, day: np.ndarray, clock: np.ndarray) -> np.ndarray:
    """When people sit down.

    Evenings mostly, lunch hours, weekends all day; a centre keeps office hours.
    """
    import numpy as np

    weekend = (day + 3) % 7 >= 5
    kind, inside = rng.random(len(day)), rng.random(len(day))
    minute = np.where(
        kind < 0.62,
        18.75 * 60 + inside * 180,
        np.where(kind < 0.86, 725 + inside * 35, 495 + inside * 520),
    )
    minute = np.where(weekend, 570 + inside * 690, minute)
    minute = np.where(clock == 1, 600 + inside * 330, minute)
    return (minute * 60_000).astype(np.int64)
