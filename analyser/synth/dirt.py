"""The dirt that every real export has, put in on purpose: unknown words, rows exported twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.synth.cohort import honest_scripts
from analyser.synth.events import Chunk
from analyser.synth.timeline import Rows
from analyser.synth.words import EVENTS, UNKNOWN_EVENTS

if TYPE_CHECKING:
    import numpy as np

_UNKNOWN_EVERY = 1500  # rows
_TWICE_EVERY = 2500


def with_unknown_words(rng: np.random.Generator, chunk: Chunk) -> Rows:
    """Some events whose word nobody promised, a millisecond after an honest person's click.

    They are inputs like the click itself, of the same module and session: no verdict may change.
    """
    import numpy as np

    rows, script = chunk.rows, chunk.journeys.script
    column = chunk.library.step.columns
    calm = (script < len(honest_scripts(chunk.catalogue))) & ~chunk.library.script["seconds"][script]
    clicks = (column["event"] == EVENTS.index("interact")) & (column["block"] >= 0)
    allowed = np.flatnonzero(clicks[rows.step] & calm[rows.journey] & (rows.beat == 0))
    wanted = min(len(allowed), max(2, len(rows.at) // _UNKNOWN_EVERY))
    chosen = np.sort(rng.choice(allowed, wanted, replace=False))
    # A place appears once more for the new row, right after the old one.
    index = np.sort(np.concatenate([np.arange(len(rows.at)), chosen]))
    found = rows.pick(index)
    added = chosen + np.arange(1, len(chosen) + 1)
    found.at[added] += 1
    found.word[added] = len(EVENTS) + rng.integers(0, len(UNKNOWN_EVENTS), len(added))
    return found


def exported_twice(rng: np.random.Generator, chunk: Chunk, dirty: bool) -> np.ndarray:
    """The rows that the export holds twice: all of those who planted it, and a few of everybody."""
    import numpy as np

    rows = chunk.rows
    twice = chunk.library.script["twice"][chunk.journeys.script][rows.journey]
    if dirty and len(rows.at):
        chosen = rng.choice(len(rows.at), max(2, len(rows.at) // _TWICE_EVERY), replace=False)
        twice[chosen] = True
    return np.flatnonzero(twice)
