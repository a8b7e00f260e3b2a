"""Broken files of every format: `python -m tests.formats.fuzz --count 2000` runs as many of each.

Files are only taken in, many into one database, never assessed. Each must end in one sentence that names
the file, or in an account in which every line of it stands: as rows, as a reject, or above the names of the
columns. What holds no times (days, ticks, totals) is never read, and as long as its columns are there the
sentence says so.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import random
import re
import signal
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import FrameType

from analyser.audit import Audit
from analyser.errors import InputError
from analyser.formats import reading_for
from analyser.formats.mapping import Mapping
from analyser.formats.mapping.columns import header_of
from analyser.formats.recognise import recognise
from analyser.ingest import tables
from analyser.ingest.decode import decoded
from analyser.ingest.load import load
from analyser.ingest.source import Source

from .seeds import SEEDS, Seed

_FILES_PER_DATABASE, _SECONDS = 150, 30
# Between the records of a JSON document.
_SIGNS = "[]{}, \t"
_ODD = (
    *(b'"', b'""', b",", b"\t", b";", b"\r", b"\n", b"\r\n", b"\0", b"\x1f"),
    *(b"{", b"}", b"[", b"\\", b"'", b"#"),
    *(b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xed\xa0\x80", "時間".encode(), b"\\u0000"),
    *(b"NULL", b"-1", b"1e400", b"99999999999999999999", b"0", b"=1+1", b"%s", b"24:00", b"a" * 5000),
)
_ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "big5", "utf-32")


def broken(data: bytes, rng: random.Random) -> bytes:
    """The file, cut, mixed or spoilt in one to three ways."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        data = rng.choice((_cut, _flip, _insert, _drop, _repeat, _swap, _shuffle, _recode, _double))(
            data, rng
        )
    return data


def _spot(data: bytes, rng: random.Random) -> int:
    return rng.randrange(len(data) + 1)


def _cut(data: bytes, rng: random.Random) -> bytes:
    at = _spot(data, rng)
    return data[:at] if rng.random() < 0.8 else data[at:]


def _flip(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.randrange(1, 6)):
        if out:
            out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = _spot(data, rng)
    return data[:at] + rng.choice(_ODD) + data[at:]


def _drop(data: bytes, rng: random.Random) -> bytes:
    first, last = sorted((_spot(data, rng), _spot(data, rng)))
    return data[:first] + data[min(last, first + 40) :]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    first, last = sorted((_spot(data, rng), _spot(data, rng)))
    return data[:last] + data[first:last] * rng.randrange(1, 3) + data[last:]


def _swap(data: bytes, rng: random.Random) -> bytes:
    old, new = rng.sample((b",", b"\t", b";", b"\n", b'"', b"0", b"1", b"2", b"-", b":", b" "), 2)
    return data.replace(old, new, rng.choice((1, 2, -1)))


def _shuffle(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def _recode(data: bytes, rng: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(_ENCODINGS), "replace")


def _double(data: bytes, rng: random.Random) -> bytes:
    return data + rng.choice((b"", b"\n", b"\n\n")) + data


class Lost(AssertionError):
    """A file whose lines are not all accounted for, or that failed otherwise."""


def run(seed: Seed, count: int, number: int) -> Counter[str]:
    """Take in so many broken files of one format; how they ended.

    Raises:
        Lost: a file did not end as it must; the message names the seed that makes it again.
    """
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for start in range(0, count, _FILES_PER_DATABASE):
            with Audit(None, reachable=[folder], threads=1) as audit:
                tables.create(audit.connection)
                for position, other in enumerate(seed.others):
                    path = folder / f"other{position}"
                    path.write_bytes(other)
                    load(audit.connection, Source(path, path.name, None), reading_for)
                for entry in range(start, min(start + _FILES_PER_DATABASE, count)):
                    # A hash of the text alone, so that a seed means the same everywhere.
                    rng = random.Random(zlib.crc32(f"{seed.name} {number} {entry}".encode()))
                    path = folder / f"f{entry}"
                    path.write_bytes(broken(seed.content, rng))
                    with _told(seed, number, entry):
                        ends[_one(audit, path, seed.mapping)] += 1
                    path.unlink()
    return ends


@contextlib.contextmanager
def _told(seed: Seed, number: int, entry: int) -> Iterator[None]:
    def stop(*_: int | FrameType | None) -> None:
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_SECONDS)
    try:
        yield
    except Exception as error:
        raise Lost(f"{seed.name}, seed {number}, file {entry}: {type(error).__name__}: {error}") from error
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def _one(audit: Audit, path: Path, mapping: Mapping | None) -> str:
    source = Source(path, path.name, None)
    before = audit.connection.execute("SELECT count(*) FROM source_file").fetchall()
    try:
        load(audit.connection, source, partial(reading_for, mapping=mapping))
    except InputError as error:
        said = str(error)
        if not said.startswith(f"{path.name}: ") or "\n" in said:
            raise Lost(f"not one sentence about the file: {said!r}") from error
        if audit.connection.execute("SELECT count(*) FROM source_file").fetchall() != before:
            raise Lost("refused, but not rolled back") from error
        if (reason := _known_reason(source)) and not said.endswith(reason):
            raise Lost(f"refused without its reason: {said!r}") from error
        return "refused for what it is" if reason else "refused"
    if _known_reason(source):
        raise Lost("read, though it holds nothing that can be used")
    _check(audit, source)
    return "read"


def _known_reason(source: Source) -> str:
    """Why files of this format are never read; nothing for those that are, and for no format at all."""
    try:
        with decoded(source) as (text, _):
            return str(recognise(text.path, source.name).format.table.get("refused", ""))
    except InputError:
        return ""


def _check(audit: Audit, source: Source) -> None:
    """Every physical line is accounted for."""
    ask = audit.connection.execute
    ((file_id, table, first, rows, faulty, broken_lines),) = ask(
        "SELECT file_id, table_name, first_rid, row_count, faulty_count, broken_count FROM source_file "
        "ORDER BY file_id DESC LIMIT 1"
    ).fetchall()
    ((rejects,),) = ask("SELECT count(*) FROM reject WHERE file_id = ?", [file_id]).fetchall()
    if rejects != faulty + broken_lines:
        raise Lost(f"{faulty} + {broken_lines} rows are faulty, but {rejects} rejects told")
    name = {"events": "event"}.get(table, f"{table}_row")
    ((kept,),) = ask(
        f"SELECT count(*) FROM {name} WHERE rowid >= {first} AND rowid < {first + rows}"
    ).fetchall()
    if kept != rows:
        raise Lost(f"{rows} rows counted, {kept} kept")
    starts = {line for (line,) in ask(
        "SELECT DISTINCT r.n + l.shift FROM (SELECT unnest(range($rows)) AS n, $id AS file_id) r "
        "ASOF JOIN line_shift l ON l.file_id = r.file_id AND r.n >= l.row_no", {"rows": rows, "id": file_id}
    ).fetchall()}  # fmt: skip
    starts |= {line for (line,) in ask("SELECT line FROM reject WHERE file_id = ?", [file_id]).fetchall()}
    with decoded(source) as (text, _):
        missing = _unaccounted(text, starts)
    if missing:
        raise Lost(f"lines {missing[:5]} are neither rows nor rejects")


def _unaccounted(source: Source, starts: set[int]) -> list[int]:
    text = source.path.read_bytes().decode("utf-8-sig", "surrogateescape")
    lines = re.split("\r\n|\n|\r", text)
    if not any(lines):
        return []
    found = recognise(source.path, source.name)
    header = header_of(found.format.table, found.sample) if "needs" in found.format.table else None
    above = header.line if header else int(found.sample.container == "csv")
    is_csv = found.sample.container == "csv"
    delimiter = header.delimiter if header else ","
    missing = []
    for number, line in enumerate(lines, start=1):
        if number <= above or number in starts or not line.strip("\ufeff" if is_csv else " \t\ufeff"):
            continue
        last = max((start for start in starts if start < number), default=0)
        if found.sample.container == "json" and (not line.strip(_SIGNS) or _is_inside(lines, last, number)):
            continue
        if not is_csv or not last or not _is_one(lines[last - 1 : number], delimiter):
            missing.append(number)
    return missing


def _is_inside(lines: list[str], first: int, number: int) -> bool:
    """Whether a line only goes on with a JSON object that begins on an earlier one."""
    text, at = "\n".join(lines[max(first - 1, 0) :]), 0
    # Text up to the line in question.
    before = len("\n".join(lines[max(first - 1, 0) : number - 1]))
    while 0 <= (start := text.find("{", at)) < before:
        try:
            _, at = json.JSONDecoder().raw_decode(text, start)
        except ValueError:
            at = start + 1
        if at > before + 1:
            return True
    return False


def _is_one(lines: list[str], delimiter: str) -> bool:
    """Whether a line only goes on what began above: a cell in quotes that is still open."""
    try:
        list(csv.reader([line + "\n" for line in lines[:-1]], delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False


def main() -> None:
    """Run the full number; what is wrong is told with the seed that makes it again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", default="0/1", help="which part of the formats, like 0/2")
    parser.add_argument("--format", default="")
    options = parser.parse_args()
    part, parts = map(int, options.part.split("/"))
    chosen = [seed for seed in SEEDS if seed.name.startswith(options.format)][part::parts]
    wrong = 0
    for seed in chosen:
        started = time.perf_counter()
        try:
            ends = run(seed, options.count, options.seed)
            said = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
        except Lost as error:
            wrong, said = wrong + 1, f"WRONG: {error}"
        sys.stdout.write(f"{seed.name}: {said} ({time.perf_counter() - started:.0f} s)\n")
        sys.stdout.flush()
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
