"""JSON documents: lists, pages and envelopes that hold many records, taken apart one by one.

A document may be larger than memory, so it is read through a window. What cannot be read is set
aside line by line, and reading goes on at the next line on which a record begins.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from analyser.ingest.records import BATCH, Batch, Broken, byte_fault
from analyser.ingest.scan import open_text, printable

if TYPE_CHECKING:
    from pathlib import Path

# Pages of statements or registrations, envelopes of events: the name under which their list stands.
LISTS = ("statements", "data", "registrations")
_CHUNK = 1 << 22
_LONGEST = 1 << 26
_MOST_TEXT = 1 << 25
_SPACE = " \t\r\n"
_CUT_SHORT = "is the last line, but the list is not closed; the file may have been cut short"


@dataclass(frozen=True)
class Record:
    """One record: its text and value, and the physical line it starts on."""

    line: int
    text: str
    value: Any


class _Unreadable(Exception):
    """No JSON at the place where a value must stand."""


class Documents:
    """Every record of a text that holds JSON values one after another."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        # Numbers stay as they are written; int() would refuse very long ones, float() change others.
        self._decoder = json.JSONDecoder(parse_int=str, parse_float=str)
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._is_end = False
        # Where an object began of which not even the list has been reached.
        self._begun: int | None = None
        self._is_resumed = self._is_cut = False

    def __iter__(self) -> Iterator[Record | Broken]:
        while sign := self._next():
            # The signs of a list of which the beginning was set aside.
            if self._is_resumed and sign in ",]}":
                self._move(self._at + 1)
                continue
            try:
                yield from self._value(depth=0)
            except _Unreadable as error:
                yield from self._set_aside(str(error))

    def _more(self) -> bool:
        chunk = self._text.read(max(_CHUNK, len(self._buffer) - self._at))
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        self._is_end = not chunk
        return bool(chunk)

    def _next(self) -> str:
        """The next sign that is no space, or nothing at the end."""
        while True:
            end, size = self._at, len(self._buffer)
            while end < size and self._buffer[end] in _SPACE:
                end += 1
            # A line end must not be torn apart, or it would be counted twice.
            if end < size or self._is_end:
                self._move(end)
                return self._buffer[end : end + 1]
            self._move(max(self._at, end - 1))
            self._more()

    def _move(self, end: int) -> None:
        self._line += _line_ends(self._buffer, self._at, end)
        self._at = end

    def _decode(self, at: int) -> tuple[Any, int]:
        """A value and where it ends, counted from the window's start.

        Raises:
            _Unreadable: there is none, or it is larger than anything a learning system writes.
        """
        offset = at - self._at
        while True:
            try:
                return self._decoder.raw_decode(self._buffer, self._at + offset)
            except RecursionError:
                raise _Unreadable("is nested too deeply") from None
            except ValueError as error:
                place = getattr(error, "pos", 0)
                is_cut = str(error).startswith("Unterminated") or place >= len(self._buffer) - 16
                is_long = len(self._buffer) - self._at > _LONGEST
                if self._is_end or not is_cut or is_long or not self._more():
                    raise _Unreadable("is no readable JSON") from None

    def _value(self, depth: int) -> Iterator[Record | Broken]:
        sign = self._next()
        if sign == "[" and depth < 2:
            yield from self._list(depth + 1)
        elif sign == "{" and depth < 2:
            yield from self._object(depth)
        else:
            yield self._record()

    def _record(self) -> Record:
        value, end = self._decode(self._at)
        found = Record(self._line, self._buffer[self._at : end], value)
        self._move(end)
        return found

    def _list(self, depth: int) -> Iterator[Record | Broken]:
        self._move(self._at + 1)
        if self._next() == "]":
            self._move(self._at + 1)
            return
        while True:
            yield from self._value(depth)
            sign = self._next()
            if sign not in (",", "]"):
                if sign:
                    raise _Unreadable("stands where a comma or the end of the list must be")
                yield from self._cut_short()
                return
            self._move(self._at + 1)
            if sign == "]":
                return

    def _object(self, depth: int) -> Iterator[Record | Broken]:
        """A record, or the page or envelope around a list of them."""
        value, end = self._try_whole()
        if isinstance(value, dict) and not any(isinstance(value.get(name), list) for name in LISTS):
            yield Record(self._line, self._buffer[self._at : end], value)
            self._move(end)
            return
        self._begun = self._line
        self._move(self._at + 1)
        while True:
            self._next()
            key = self._record().value
            if self._next() != ":" or not isinstance(key, str):
                raise _Unreadable("is no readable JSON")
            self._move(self._at + 1)
            if self._next() == "[" and key in LISTS:
                self._begun = None
                yield from self._list(2)
            else:
                self._record()
            if (sign := self._next()) == "":
                yield from self._cut_short()
                return
            if sign not in (",", "}"):
                raise _Unreadable("is no readable JSON")
            self._move(self._at + 1)
            if sign == "}":
                self._begun = None
                return

    def _cut_short(self) -> Iterator[Broken]:
        if not self._is_cut:
            yield Broken(self._line, "", _CUT_SHORT, "")
        self._is_cut = True

    def _try_whole(self) -> tuple[Any, int]:
        """The object, if the window holds it to its end; a page may be larger than that."""
        try:
            return self._decoder.raw_decode(self._buffer, self._at)
        except (ValueError, RecursionError):
            head = self._buffer[self._at : self._at + 4096]
            if any(f'"{name}"' in head for name in LISTS):
                return None, 0
            return self._decode(self._at)

    def _set_aside(self, reason: str) -> Iterator[Broken]:
        """Lines up to the next one on which a record begins."""
        first, self._begun, self._is_resumed = self._begun or self._line, None, True
        for line in range(first, self._line):
            yield Broken(line, "", reason, "")
        if self._line > first and self._next() == "{" and self._begins():
            return
        while True:
            end = self._line_end()
            text = self._buffer[self._at : end]
            yield Broken(self._line, "", reason, printable(text.rstrip("\r\n"))[:2000])
            self._move(end)
            sign = self._next()
            if not sign or (sign == "{" and self._begins()):
                return

    def _line_end(self) -> int:
        while True:
            places = [self._buffer.find(sign, self._at) for sign in "\r\n"]
            found = [place for place in places if place >= 0]
            if found and (min(found) + 1 < len(self._buffer) or self._is_end):
                first = min(found)
                return first + (2 if self._buffer[first : first + 2] == "\r\n" else 1)
            if self._is_end or (len(self._buffer) - self._at > _LONGEST):
                return len(self._buffer)
            self._more()

    def _begins(self) -> bool:
        try:
            value, _ = self._decode(self._at)
        except _Unreadable:
            return False
        return isinstance(value, dict) and len(value) > 2


def _line_ends(text: str, start: int, end: int) -> int:
    feeds = text.count("\n", start, end)
    returns = text.count("\r", start, end)
    return feeds + returns - (text.count("\r\n", start, end) if returns else 0)


class Unusable(Exception):
    """A record of which no event can be made; the message says why."""


Expand = Callable[[Any], list[list[str | None]]]


def document_batches(path: Path, expand: Expand | None = None) -> Iterator[Batch]:
    """The records of a JSON document, each as a row of one cell, or as the rows made of it.

    Args:
        path: the file.
        expand: makes rows of a record's value; it raises `Unusable` where there is nothing to make.
    """
    batch, size = Batch(), 0
    with open_text(path) as text:
        for found in Documents(text):
            if isinstance(found, Broken):
                batch.broken.append(found)
            else:
                _place(batch, found, expand)
                size += len(found.text)
            if len(batch.lines) + len(batch.broken) >= BATCH or size > _MOST_TEXT:
                yield batch
                batch, size = Batch(), 0
    yield batch


def _place(batch: Batch, found: Record, expand: Expand | None) -> None:
    if ends := _line_ends(found.text, 0, len(found.text)):
        batch.spans[found.line] = ends + 1
    try:
        if fault := byte_fault(found.text):
            raise Unusable(fault)
        rows: list[list[str | None]] = expand(found.value) if expand else [[found.text]]
    except (Unusable, RecursionError) as error:
        reason = str(error) if isinstance(error, Unusable) else "is nested too deeply"
        batch.broken.append(Broken(found.line, "", reason, printable(found.text)[:2000]))
        return
    batch.rows += rows
    batch.lines += [found.line] * len(rows)
