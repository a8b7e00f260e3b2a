"""The first part of a file, as far as it is needed to say which format it has."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from analyser.errors import InputError
from analyser.ingest.documents import LISTS, Documents, Record
from analyser.ingest.scan import PACKERS, open_content, printable

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 1 << 16
# A first line longer than the head is read on to its end, within reason.
_LONGEST_LINE = 1 << 22
_MOST_OBJECTS = 200
_MOST_HEAD = 60
_PACKED = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Sample:
    """What the beginning of a file shows.

    Attributes:
        name: of the file, for messages.
        container: parquet, jsonl (a JSON object a line, perhaps after a prefix), json (any other
            arrangement of JSON objects: a list, a page, an envelope) or csv (anything else).
        columns: header cells (csv) or column names (parquet); empty for jsonl.
        objects: the first JSON objects (jsonl).
        lines: how many lines they were looked for in.
        has_prefix: text stands before the first object.
        head: the first lines as they are (csv).
        path: where the content lies.
        texts: the first lines as they are (csv).
    """

    name: str
    container: Literal["csv", "json", "jsonl", "parquet"]
    columns: tuple[str, ...] = ()
    objects: tuple[dict[str, Any], ...] = ()
    lines: int = 0
    has_prefix: bool = False
    head: tuple[str, ...] = ()
    path: Path | None = None
    texts: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, or the keys of all the objects, in the order they appear."""
        return self.columns or tuple(dict.fromkeys(key for entry in self.objects for key in entry))

    @property
    def lower(self) -> frozenset[str]:
        """Column names in lower case, since exports differ in it."""
        return frozenset(name.lower() for name in self.names)


def take_sample(path: Path, name: str) -> Sample:
    """Look at the beginning of a file; its name is used for decompression only.

    Raises:
        InputError: the file cannot be read, is empty, or is no text.
    """
    head = _head(path, name)
    if head.startswith(b"PAR1"):
        return Sample(name, "parquet", columns=_parquet_columns(path, name))
    for magic, suffix in _PACKED.items():
        if head.startswith(magic):
            raise InputError(f"{name}: the file is compressed; give its name the ending {suffix}.")
    if head.startswith(_UTF16):
        raise InputError(f"{name}: line 1: the file is UTF-16; save it as UTF-8 and try again.")
    text = head.decode("utf-8-sig", errors="replace")
    lines = [line for line in text.splitlines() if line.strip("\0 \t") and not line.startswith("#")]
    if not lines:
        raise InputError(f"{name}: the file is empty; there is nothing to read in it.")
    if records := _records(text, lines):
        return Sample(name, "json", objects=records, lines=len(records))
    found = [(line, entry) for line in lines[:_MOST_OBJECTS] if (entry := _object(line))]
    # A few lines of a table may end in something that happens to be an object.
    if found and (_object(lines[0]) or 4 * len(found) >= len(lines[:_MOST_OBJECTS])):
        objects = tuple(entry for _, entry in found)
        prefix = not found[0][0].lstrip().startswith("{")
        return Sample(name, "jsonl", objects=objects, lines=len(lines[:_MOST_OBJECTS]), has_prefix=prefix)
    return Sample(
        name,
        "csv",
        columns=_header(text),
        head=tuple(_physical(text)),
        path=path,
        texts=tuple(lines[:_MOST_OBJECTS]),
    )


def _physical(text: str) -> list[str]:
    """The first physical lines: what DuckDB and Python's csv count as lines, and nothing else."""
    return re.split(r"\r\n|\n|\r", text)[:_MOST_HEAD]


def _head(path: Path, name: str) -> bytes:
    try:
        with open_content(path) as content:
            head = content.read(_HEAD)
            if len(head) == _HEAD:
                head += content.readline(_LONGEST_LINE)
            return head
    except (OSError, EOFError) as error:
        raise InputError(f"{name}: cannot be read ({error}); check the file.") from error
    except Exception as error:  # zlib and zstandard have error classes of their own
        if type(error).__module__.partition(".")[0] in PACKERS:
            raise InputError(f"{name}: the compressed data is damaged ({error}); export it again.") from error
        raise


def _records(text: str, lines: list[str]) -> tuple[dict[str, Any], ...]:
    """The first records of a JSON document; none where each line is a record of its own."""
    if text.lstrip()[:1] not in ("[", "{"):
        return ()
    first = _object(lines[0]) if lines[0].lstrip().startswith("{") else None
    if first and not any(isinstance(first.get(key), list) for key in LISTS):
        return ()
    # A log whose first line was cut when it was rotated is no document.
    near = lines[:_MOST_OBJECTS]
    if not first and 2 * sum(line.startswith("{") and _object(line) is not None for line in near) > len(near):
        return ()
    entries = (found.value for found in Documents(io.StringIO(text)) if isinstance(found, Record))
    return tuple(islice((entry for entry in entries if isinstance(entry, dict)), _MOST_OBJECTS))


def _object(line: str) -> dict[str, Any] | None:
    start = line.find("{")
    if start < 0:
        return None
    try:
        entry = json.loads(line[start:])
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _header(text: str) -> tuple[str, ...]:
    with contextlib.suppress(csv.Error):
        header = next(csv.reader(io.StringIO(text)), None)
        return tuple(printable(cell).strip() for cell in header or ())
    return ()


def _parquet_columns(path: Path, name: str) -> tuple[str, ...]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return tuple(pq.read_schema(path).names)
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise InputError(f"{name}: cannot be read as Parquet ({reason}); export it again.") from error
