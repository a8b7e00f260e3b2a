"""The whole case, chunk by chunk: numbers in one thread, files in another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.synth import SynthSummary
from analyser.synth.calendar import BusyDays
from analyser.synth.catalogue import Catalogue, build_catalogue, day_number, read_toml
from analyser.synth.certificates import certificates
from analyser.synth.cohort import Journeys, journeys, slots
from analyser.synth.credits import credit_days, labels
from analyser.synth.dirt import exported_twice, with_unknown_words
from analyser.synth.events import Chunk, event_columns
from analyser.synth.library import Library, build_library
from analyser.synth.output import CaseFiles, ChunkTables
from analyser.synth.registers import employers, fixed_registers, participants
from analyser.synth.timeline import play_out

if TYPE_CHECKING:
    import numpy as np

CHUNK = 600  # people; whole blocks of the cohort
_LIGHT_BELOW = 100  # people: a small case stays small
# A little less than people have on average; only to guess how many people it takes.
_EVENTS_EACH = 700


@dataclass(frozen=True)
class Order:
    """What was asked for."""

    folder: Path
    labels: Path
    participants: int
    seed: int
    events_format: str
    event_files: int
    defects: bool
    as_of: date
    scale_events: int | None


def generate(order: Order, progress: Callable[[str], None]) -> SynthSummary:
    """Write everything; see `synthesise`."""
    began = time.monotonic()
    data = read_toml("catalogue.toml")
    # The running period is left out and the two before it are covered. Journeys begun in July may
    # end weeks later, so a period counts as over only when two months have passed.
    over = order.as_of - timedelta(days=60)
    shift = over.year - (2 if over.month >= 8 else 3) - int(data["base_year"])
    catalogue = build_catalogue(shift)
    days = BusyDays.between(day_number("2024-08-01", shift), day_number("2026-07-31", shift))
    files = CaseFiles(order.folder, order.labels, order.events_format, order.event_files, days, order.defects)
    for name, table in fixed_registers(catalogue).items():
        files.register(name, table)
    maker = Maker(order, catalogue, days, shift)
    with ThreadPoolExecutor(1) as pool:
        # One chunk is written while the next is drawn; never more than that wait in memory.
        pending: Future[None] | None = None
        for chunk in maker.chunks():
            if pending:
                pending.result()
            pending = pool.submit(files.append, chunk)
            progress(f"{maker.people:,} participants, {maker.events:,} events")
        if pending:
            pending.result()
    paths = files.close()
    return SynthSummary(maker.events, maker.people, time.monotonic() - began, tuple(paths))


class Maker:
    """Makes chunks; counts what they use up, so that no two of them share a name or a number."""

    def __init__(self, order: Order, catalogue: Catalogue, days: BusyDays, shift: int) -> None:
        """Nothing is drawn or written yet."""
        self.order, self.catalogue, self.days = order, catalogue, days
        self.people = self.events = self.sessions = self.attempts = self.certificates = 0
        self._shift = shift
        self._library: Library | None = None

    def chunks(self) -> Iterator[ChunkTables]:
        """All chunks, until there are people or events enough."""
        wanted, target = self.order.participants, self.order.scale_events
        if target is not None:
            wanted = -(-target // _EVENTS_EACH)
        total = wanted
        while self.people < total:
            yield self._chunk(min(CHUNK, total - self.people), wanted)
            if target is not None and self.people >= total and self.events < target:
                total = self.people + -(-(target - self.events) // _EVENTS_EACH)

    def _chunk(self, people: int, total: int) -> ChunkTables:
        import numpy as np

        order = self.order
        # Every chunk draws from a stream of its own, named by the people before it.
        rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([order.seed, self.people])))
        roles = slots(rng, people, total, order.defects)
        travels = journeys(rng, roles, self.catalogue, total < _LIGHT_BELOW)
        library = self._scripts(travels, whole=total > people or order.scale_events is not None)
        rows = play_out(rng, library, travels, self.days)
        chunk = Chunk(
            self.catalogue,
            library,
            travels,
            rows,
            people,
            employers(rng, roles),
            self.people,
            self.sessions,
            self.attempts,
            order.seed,
        )
        if order.defects:
            chunk.rows = with_unknown_words(rng, chunk)
        chunk.rows = chunk.rows.pick(np.argsort(chunk.rows.at, kind="stable"))
        tables = self._tables(rng, chunk)
        self.people += people
        self.events += len(chunk.rows.at) + len(tables.twice)
        self.sessions += int(chunk.library.script["sessions"][travels.script].sum())
        self.attempts += int(chunk.library.attempt.count[travels.script].sum())
        self.certificates += tables.registers["certificates"].num_rows
        return tables

    def _scripts(self, travels: Journeys, *, whole: bool) -> Library:
        """All scripts; a case of one chunk needs only those that somebody plays."""
        if self._library is None:
            used = None if whole else {int(number) for number in travels.script}
            self._library = build_library(self.catalogue, self.order.seed, self._shift, used)
        return self._library

    def _tables(self, rng: np.random.Generator, chunk: Chunk) -> ChunkTables:
        import pyarrow as pa

        days = credit_days(chunk)
        people = participants(rng, self.catalogue, chunk.employer, chunk.first_person, self.days.first)
        registers = {
            "participants": people,
            "certificates": certificates(rng, chunk, days, people, self.certificates),
        }
        return ChunkTables(
            at=chunk.rows.at,
            whole_seconds=chunk.library.script["seconds"][chunk.journeys.script][chunk.rows.journey],
            columns=pa.table(event_columns(rng, chunk)),
            twice=exported_twice(rng, chunk, self.order.defects),
            registers=registers,
            labels=labels(chunk, days),
        )
