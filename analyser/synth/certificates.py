"""The certificates the provider issued, right ones and flawed ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyser.synth.catalogue import DAY_MS, Unit, read_toml
from analyser.synth.credits import Listed, entries_of, minutes_in_force
from analyser.synth.events import Chunk
from analyser.synth.registers import pick
from analyser.synth.script import IN_FORCE, Certificate, Script
from analyser.synth.spell import spell
from analyser.synth.spread import spread
from analyser.synth.timeline import HONG_KONG_MS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def certificates(
    rng: np.random.Generator, chunk: Chunk, days: np.ndarray, people: pa.Table, first: int
) -> pa.Table:
    """One row per certificate.

    `days`: of the credits; `first`: how many were issued before this chunk.
    """
    import numpy as np
    import pyarrow as pa

    listed, entries = entries_of(chunk, [script.certificates for script in chunk.library.scripts])
    owners = [script for script in chunk.library.scripts for _ in script.certificates]
    flaw = np.array([c.flaw for c in entries])[listed.entry]
    minutes, completed = _earned(chunk, listed, entries, owners, days)
    minutes = minutes + np.where(flaw == "hours", 60, np.where(flaw == "none", 30, 0))
    issued = completed + np.where(flaw == "early", -3, rng.integers(0, 12, len(minutes)))
    number = np.arange(len(minutes)) + first + 1
    # The second certificate of a journey repeats the number of the one before.
    number = np.where(
        (flaw == "number") & np.append([False], np.diff(listed.journey) == 0), number - 1, number
    )
    person = pa.array(chunk.journeys.participant[listed.journey])
    signed = read_toml("names.toml")
    return pa.table(
        {
            "certificate_no": spell("HL-", (number, 8)),
            "participant_id": people["participant_id"].take(person),
            "name": people["name"].take(person),
            **_about(chunk, listed, entries, owners, completed),
            "hours": pick([f"{half / 2:.1f}" for half in range(41)], minutes // 30),
            "mode": _constant("e-learning", number),
            "type": _constant("Type 1", number),
            "completed_on": pa.array(completed.astype("datetime64[D]").astype(str)),
            "issued_on": pa.array(issued.astype("datetime64[D]").astype(str)),
            "signatory": _constant(signed["signatory"], number),
            "signatory_post": _constant(signed["signatory_post"], number),
        }
    ).select(COLUMNS)


COLUMNS = [
    "certificate_no",
    "participant_id",
    "name",
    "activity_id",
    "module_ids",
    "approval_no",
    "title",
    "provider",
    "hours",
    "category",
    "mode",
    "type",
    "completed_on",
    "issued_on",
    "signatory",
    "signatory_post",
]


def _constant(text: str, like: np.ndarray) -> pa.Array:
    import pyarrow as pa

    return pa.array([text]).take(pa.array(like * 0))


def _earned(
    chunk: Chunk, listed: Listed, entries: list[Certificate], owners: list[Script], days: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Minutes earned and the day of completion; without any credit the day of the last event."""
    import numpy as np

    count = np.array([len(c.credits) for c in entries])
    flat = np.array([n for c in entries for n in c.credits], dtype=np.int64)
    unit_of = np.array(
        [s.credits[n] for s, c in zip(owners, entries, strict=True) for n in c.credits],
        dtype=np.int64,
    )
    place, owner = spread((np.cumsum(count) - count)[listed.entry], count[listed.entry])
    day = days[listed.journey[owner], flat[place]]
    worth = minutes_in_force(chunk.catalogue, unit_of[place], day)
    minutes = np.bincount(owner, weights=worth, minlength=len(listed.entry)).astype(np.int64)
    fixed = np.array([c.minutes for c in entries])[listed.entry]
    last = np.zeros(len(chunk.journeys.script), dtype=np.int64)
    np.maximum.at(last, chunk.rows.journey, chunk.rows.at)
    completed = np.where(count[listed.entry] > 0, 0, (last[listed.journey] + HONG_KONG_MS) // DAY_MS)
    np.maximum.at(completed, owner, day)
    return np.where(fixed == IN_FORCE, minutes, fixed), completed


def _about(
    chunk: Chunk,
    listed: Listed,
    entries: list[Certificate],
    owners: list[Script],
    completed: np.ndarray,
) -> dict[str, pa.Array]:
    import numpy as np

    catalogue = chunk.catalogue
    covered = [_units(chunk, c, s) for c, s in zip(entries, owners, strict=True)]
    first = np.array([units[0].index for units in covered], dtype=np.int64)[listed.entry]
    return {
        "activity_id": pick([c.activity for c in entries], listed.entry),
        "module_ids": pick([";".join(u.module for u in units) or None for units in covered], listed.entry),
        "approval_no": _approval(chunk, first, completed),
        "title": pick([u.title for u in catalogue.units], first),
        "provider": _constant(catalogue.provider, first),
        "category": pick([u.category for u in catalogue.units], first),
    }


def _units(chunk: Chunk, certificate: Certificate, script: Script) -> list[Unit]:
    units = chunk.catalogue.units
    named = [units[script.credits[n]] for n in certificate.credits]
    return named or [u for u in units if u.activity == certificate.activity][:1]


def _approval(chunk: Chunk, unit: np.ndarray, day: np.ndarray) -> pa.Array:
    """The approval number in force on the day of completion."""
    import numpy as np

    rows = [(u.index, *row) for u in chunk.catalogue.units for row in u.approvals]
    code = np.full(len(unit), len(rows))
    for n, (index, first, last, _, _) in enumerate(rows):
        code[(unit == index) & (day >= first) & (day <= last)] = n
    return pick([*(row[4] for row in rows), None], code)
