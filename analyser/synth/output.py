"""The files of a case: events cut into spans of time, registers, and the labels beside them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.synth.calendar import BusyDays
from analyser.synth.catalogue import DAY_MS
from analyser.synth.readme import labels_readme
from analyser.synth.sinks import SUFFIXES, Sink, open_sink
from analyser.synth.spell import clock_texts
from analyser.synth.timeline import HONG_KONG_MS
from analyser.synth.words import EVENT_COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


@dataclass
class ChunkTables:
    """One chunk, ready for the files.

    `at`: UTC ms of each event; `twice`: rows that appear twice.
    """

    at: np.ndarray
    whole_seconds: np.ndarray
    columns: pa.Table
    twice: np.ndarray
    registers: dict[str, pa.Table]
    labels: pa.Table


class CaseFiles:
    """Takes chunks one after the other and lets every file grow."""

    def __init__(
        self,
        folder: Path,
        labels: Path,
        events_format: str,
        event_files: int,
        days: BusyDays,
        dirty: bool,
    ) -> None:
        """Open the event files; leftovers of an earlier case in the folder go first."""
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        self._folder, self._labels, self._format = folder, labels, events_format
        self._dirty = dirty and event_files > 1
        self._cuts = days.cuts(event_files) * DAY_MS - HONG_KONG_MS
        self._events = [
            open_sink(path, events_format, plain=True)
            for path in _event_paths(folder, events_format, event_files)
        ]
        self._sinks: dict[str, Sink] = {}
        self._paths = _event_paths(folder, events_format, event_files)

    def register(self, name: str, table: pa.Table) -> None:
        """Append rows to a register."""
        self._grow(self._folder / f"{name}.csv", table)

    def append(self, chunk: ChunkTables) -> None:
        """Append a chunk to every file it concerns."""
        for name, table in chunk.registers.items():
            self.register(name, table)
        self._grow(self._labels / "labels.csv", chunk.labels, plain=True)
        self._append_events(chunk)

    def close(self) -> list[Path]:
        """Finish everything; returns the files."""
        for sink in (*self._events, *self._sinks.values()):
            sink.close()
        readme = self._labels / "README.md"
        readme.write_text(labels_readme(), encoding="utf-8")
        return [*self._paths, readme]

    def _grow(self, path: Path, table: pa.Table, *, plain: bool = False) -> None:
        if path.name not in self._sinks:
            self._sinks[path.name] = open_sink(path, "csv", plain=plain)
            self._paths.append(path)
        self._sinks[path.name].append(table)

    def _append_events(self, chunk: ChunkTables) -> None:
        import numpy as np

        place = np.searchsorted(self._cuts, chunk.at, side="right")
        bounds = np.searchsorted(place, np.arange(len(self._events) + 1))
        for n, sink in enumerate(self._events):
            # A repeated row stands in the next file, as when two exports overlap; in one file, at
            # the end.
            again = chunk.twice[place[chunk.twice] == (n - 1) % len(self._events)]
            rows = np.concatenate([np.arange(bounds[n], bounds[n + 1]), again])
            sink.append(self._table(chunk, rows, n))

    def _table(self, chunk: ChunkTables, rows: np.ndarray, file: int) -> pa.Table:
        import pyarrow as pa

        at = chunk.at[rows]
        whole = len(rows) == chunk.columns.num_rows and len(self._events) == 1
        columns = chunk.columns if whole else chunk.columns.take(pa.array(rows))
        if self._format == "parquet":
            times = pa.array(at).cast(pa.timestamp("ms", tz="UTC"))
        else:
            # One file in plain Hong Kong time and one in UTC: what a folder of real exports looks
            # like.
            style = {1: "naive", 2: "utc"}.get(file % 4, "offset") if self._dirty else "offset"
            times = clock_texts(at, chunk.whole_seconds[rows], style)
        return columns.add_column(0, "timestamp", times).select(list(EVENT_COLUMNS))


def _event_paths(folder: Path, events_format: str, count: int) -> list[Path]:
    suffix = SUFFIXES[events_format]
    if count == 1:
        return [folder / f"events{suffix}"]
    # Several CSV files may lie beside the registers; other formats go into a folder of their own.
    pattern = "events-{:02d}" if events_format.startswith("csv") else "events/part-{:02d}"
    return [folder / f"{pattern.format(n + 1)}{suffix}" for n in range(count)]


def _clear(folder: Path) -> None:
    """Take away the tables that a former run wrote; anything else in the folder stays."""
    for path in sorted(folder.glob("events*")):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name.startswith(("events.", "events-")):
            path.unlink()
