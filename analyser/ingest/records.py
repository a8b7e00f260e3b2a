"""The careful reader: record by record in Python, for files whose bytes mislead a fast parser.

It is used when the fast reader refuses a file, or when the rows it found do not account for
every physical line (an unclosed quote, a line break inside a cell, mixed line ends, NULs).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.ingest.scan import open_text, printable

if TYPE_CHECKING:
    from pathlib import Path

BATCH = 50_000
NOT_UTF_8 = (
    "is not valid UTF-8; save the file as UTF-8 "
    "(in a spreadsheet: CSV UTF-8; a program in Chinese may write Big5 or GBK)"
)


@dataclass
class Broken:
    """Lines that are no record: first line, column or empty, reason, text."""

    line: int
    column: str
    reason: str
    raw: str


@dataclass
class Batch:
    """Rows of text cells, the physical line each starts on, and lines set aside."""

    rows: list[list[str | None]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)


class _Lines:
    """Physical lines, remembering those of the record in progress."""

    def __init__(self, text: Iterator[str]) -> None:
        self._text = text
        self.number = 0
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.number += 1
        self.record.append(line)
        return line


def csv_batches(path: Path, width: int, delimiter: str = ",", skip: int | None = None) -> Iterator[Batch]:
    """The rows of a CSV file after its header.

    Args:
        path: the file.
        width: how many cells each row must have.
        delimiter: between cells.
        skip: physical lines up to the rows; None: the header is the first record, of one line or more.
    """
    batch = Batch()
    with open_text(path) as text:
        lines = _Lines(iter(text))
        for _ in range(skip or 0):
            next(lines, None)
        reader = csv.reader(lines, strict=True, delimiter=delimiter)
        if skip is None:
            next(reader, None)
        while True:
            lines.record = []
            try:
                row = next(reader)
            except StopIteration:
                break
            except csv.Error:
                _spoil(batch, lines)
                continue
            _place(batch, row, lines, width)
            if len(batch.lines) + len(batch.broken) >= BATCH:
                yield batch
                batch = Batch()
    yield batch


def _place(batch: Batch, row: list[str], lines: _Lines, width: int) -> None:
    if not row:
        return
    first = lines.number - len(lines.record) + 1
    text = "".join(lines.record)
    fault = byte_fault(text)
    if not fault and len(row) != width:
        fault = f"has {len(row)} cells where the header has {width}"
    if fault:
        _set_aside(batch, lines, fault)
        return
    if len(lines.record) > 1:
        batch.spans[first] = len(lines.record)
    batch.rows.append([cell or None for cell in row])
    batch.lines.append(first)


def _spoil(batch: Batch, lines: _Lines) -> None:
    first = lines.number - len(lines.record) + 1
    if len(lines.record) == 1:
        reason = "has a quote out of place"
    else:
        reason = f"belongs to a record whose quote opens on line {first} and does not close properly"
    _set_aside(batch, lines, reason)


def _set_aside(batch: Batch, lines: _Lines, reason: str) -> None:
    """Every line on its own: where a quote went wrong, each may have been a record."""
    first = lines.number - len(lines.record) + 1
    for number, line in enumerate(lines.record, start=first):
        batch.broken.append(Broken(number, "", reason, printable(line.rstrip("\r\n"))[:2000]))


def line_batches(path: Path) -> Iterator[Batch]:
    """Every non-empty line of a text file as a row of one cell."""
    batch = Batch()
    with open_text(path) as text:
        for number, line in enumerate(text, start=1):
            content = line.rstrip("\r\n")
            if not content.strip():
                continue
            if fault := byte_fault(content):
                batch.broken.append(Broken(number, "", fault, printable(content)[:2000]))
            else:
                batch.rows.append([content])
                batch.lines.append(number)
            if len(batch.lines) + len(batch.broken) >= BATCH:
                yield batch
                batch = Batch()
    yield batch


def byte_fault(text: str) -> str:
    """What no database could hold in this text, or nothing."""
    if "\0" in text:
        return "contains a NUL byte"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return NOT_UTF_8
    return ""
