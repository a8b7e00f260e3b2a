"""When every journey earned what: the ground truth behind labels and certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.synth.catalogue import DAY_MS, Catalogue
from analyser.synth.events import Chunk
from analyser.synth.registers import pick
from analyser.synth.script import IN_FORCE, NONE, UNSAID, Expect
from analyser.synth.spell import spell
from analyser.synth.spread import spread
from analyser.synth.timeline import HONG_KONG_MS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


@dataclass
class Listed:
    """Labels or certificates of a chunk: whose journey, and which entry of all scripts'."""

    journey: np.ndarray
    entry: np.ndarray


def credit_days(chunk: Chunk) -> np.ndarray:
    """Hong Kong day of every credit: one row per journey, one column per credit of its script."""
    import numpy as np

    credit = chunk.library.step.columns["credit"][chunk.rows.step]
    found = np.flatnonzero((credit >= 0) & (chunk.rows.beat == 0) & (chunk.rows.word < 0))
    days = np.full((len(chunk.journeys.script), max(1, chunk.library.widest["credit"])), NONE, dtype=np.int64)
    days[chunk.rows.journey[found], credit[found]] = (chunk.rows.at[found] + HONG_KONG_MS) // DAY_MS
    return days


def minutes_in_force(catalogue: Catalogue, unit: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Approved minutes of units on days; 0 outside every approval."""
    import numpy as np

    minutes = np.zeros(len(unit), dtype=np.int64)
    for known in catalogue.units:
        for first, last, worth, _ in known.approvals:
            minutes[(unit == known.index) & (day >= first) & (day <= last)] = worth
    return minutes


def entries_of(chunk: Chunk, lists: list[list[Any]]) -> tuple[Listed, list[Any]]:
    """Lay out a list of every script once, and say which entries each journey has."""
    import numpy as np

    count = np.array([len(entries) for entries in lists])
    start = np.cumsum(count) - count
    place, journey = spread(start[chunk.journeys.script], count[chunk.journeys.script])
    return Listed(journey, place), [entry for entries in lists for entry in entries]


def labels(chunk: Chunk, days: np.ndarray) -> pa.Table:
    """One row per thing that must be found (or must be clean) about a participant and unit."""
    import numpy as np
    import pyarrow as pa

    listed, expects = entries_of(chunk, [script.expects for script in chunk.library.scripts])
    every: list[Expect] = expects
    unit = np.array([e.unit for e in every])[listed.entry]
    credit = np.array([e.credit for e in every])[listed.entry]
    fixed = np.array([e.minutes for e in every])[listed.entry]
    day = np.where(credit >= 0, days[listed.journey, credit], NONE)
    in_force = minutes_in_force(chunk.catalogue, unit, day)
    minutes = np.where(fixed == IN_FORCE, in_force, fixed)
    silent = (fixed == UNSAID) | (unit < 0) | ((fixed == IN_FORCE) & (credit < 0))
    units = chunk.catalogue.units
    shown = np.where(unit >= 0, unit, len(units))
    person = chunk.journeys.participant[listed.journey]
    return pa.table(
        {
            "participant_id": spell("P", (person + chunk.first_person + 1, 7)),
            "activity_id": pick([*(u.activity for u in units), None], shown),
            "module_id": pick([*(u.module or None for u in units), None], shown),
            "plant": pick([e.plant for e in every], listed.entry),
            "expected_code": pick([e.code or None for e in every], listed.entry),
            "expected_status": pick([e.status or None for e in every], listed.entry),
            "expected_minutes": pa.array(minutes, mask=silent),
            "expected_period": _periods(day, (unit < 0) | (day < 0) | (fixed == UNSAID)),
        }
    )


def _periods(day: np.ndarray, silent: np.ndarray) -> pa.Array:
    """`2024/25` for days from 1 August 2024 to 31 July 2025."""
    import pyarrow as pa
    import pyarrow.compute as pc

    # 1 August is the first day of the eighth month: seven months earlier it would be 1 January.
    shifted = day.astype("datetime64[D]").astype("datetime64[M]") - 7
    year = shifted.astype("datetime64[Y]").astype(int) + 1970
    texts = spell((year, 4), "/", ((year + 1) % 100, 2))
    return pc.if_else(pa.array(silent), pa.scalar(None, pa.string()), texts)
