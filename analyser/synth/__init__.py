"""Labelled synthetic cases of any size: the same seed gives the same bytes.

`synthesise(Path("case"), participants=200, seed=7)` is all there is to call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analyser.errors import AnalyserError

AS_OF = date(2026, 11, 22)
FORMATS = ("csv", "csv.gz", "parquet", "jsonl")


@dataclass(frozen=True)
class SynthSummary:
    """What was written: event rows (repeated ones too), people, seconds taken, and every file."""

    events: int
    participants: int
    seconds: float
    files: tuple[Path, ...]


def synthesise(
    folder: Path,
    *,
    participants: int,
    seed: int,
    events_format: str = "csv",
    event_files: int = 1,
    defects: bool = True,
    as_of: date = AS_OF,
    labels_folder: Path | None = None,
    scale_events: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> SynthSummary:
    """Write a case folder and, beside it, what an assessment of it must find.

    Args:
        folder: the case folder; files of an earlier case in it are replaced.
        participants: how many people; ignored when `scale_events` is given.
        seed: decides everything; with the same version the same seed gives the same bytes.
        events_format: `csv`, `csv.gz`, `parquet` or `jsonl`; the registers are always CSV.
        event_files: into how many files of equal spans of (busy) time the events go.
        defects: plant defects and export dirt (rows exported twice, unknown words; with several
            CSV or JSON files one without time zone); without, all are honest and the export clean.
        as_of: the audit date; the case covers the last two assessment periods over by then.
        labels_folder: where `labels.csv` and its `README.md` go (default: the name of the folder
            with `-labels` after it).
        scale_events: at least so many events, with as many people as that takes.
        progress: told now and then how far it is.

    Raises:
        AnalyserError: a number is out of range or the format is unknown; the message says which.
    """
    _check(events_format, participants=participants, event_files=event_files, scale_events=scale_events)
    from analyser.synth.generate import Order, generate

    labels = labels_folder or folder.with_name(f"{folder.name}-labels")
    order = Order(
        folder, labels, participants, seed, events_format, event_files, defects, as_of, scale_events
    )
    return generate(order, progress or (lambda _: None))


def _check(events_format: str, **numbers: int | None) -> None:
    """Refuse what cannot be made, in a sentence that says why."""
    if events_format not in FORMATS:
        raise AnalyserError(f"Unknown events format {events_format!r}; choose one of {', '.join(FORMATS)}.")
    for name, most in (("participants", 9_999_999), ("event_files", 99), ("scale_events", 10**10)):
        value = numbers[name]
        if value is not None and not 1 <= value <= most:
            raise AnalyserError(f"{name} must be between 1 and {most}, not {value}.")


__all__ = ["AS_OF", "FORMATS", "SynthSummary", "synthesise"]
