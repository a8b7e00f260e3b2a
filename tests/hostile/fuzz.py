"""Damaged files of every format that is taken apart record by record.

    python -m tests.hostile.fuzz --files 2000 --seed 1

Each is a sound file with wounds. It must be refused with one sentence, or have every line accounted for.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa

from analyser.audit import Audit
from analyser.errors import InputError
from analyser.formats import reading_for
from analyser.ingest import tables
from analyser.ingest.job import Load
from analyser.ingest.load import _batches, _insert, load
from analyser.ingest.readings import Reading
from analyser.ingest.reconcile import reconcile
from analyser.ingest.records import Batch
from analyser.ingest.scan import Scan, is_blank, open_text, scan
from analyser.ingest.source import Source, find_sources
from analyser.schema.inputs import EVENTS
from analyser.store import transaction
from tests.formats.test_caliper import event
from tests.formats.test_scorm import old, registration
from tests.formats.test_xapi import ADL, VIDEO, statement
from tests.hostile.test_archives import tarred, zipped

LONGEST_S = 20
CONNECTION = duckdb.connect()
# What only a record holds; the signs of the list around it may be lost.
_DATA = re.compile(r'http|2025|0000|uuid|"(name|score|raw|max|type|event|cmi)')
# Signs that parsers stumble over.
WOUNDS = (
    b"\0", b"\r", b"\n", b"\r\n", b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\xff", b"\xef\xbb\xbf",
    b"null", b"\\u0000", b"\\ud800", b"1e999", b"-0", b"[" * 2000, b'{"a":' * 2000, b"9" * 5000, b"#",
    b"\x1f", b"\x1b[2J", b"=cmd()", "\u2028".encode(), b"NaN", b'"actor":', b"&", b"%00", b"  ",
)  # fmt: skip


def openedx_line(number: int) -> dict[str, object]:
    """A tracking event of either shape."""
    at = f"2025-09-01T10:{number % 60:02d}:00.5+00:00"
    context = {"username": f"u{number % 3}", "course_id": "c", "event_source": "server"}
    if number % 2:
        body = json.dumps({"id": "v", "currentTime": 1, "duration": 9})
        made = {"event_type": "play_video", "event_source": "browser", "time": at, "username": "u1"}
        return {**made, "event": body, "context": context}
    body_of_new = {"problem_id": "p", "grade": 1, "max_grade": 2}
    return {"name": "problem_check", "timestamp": at, "data": body_of_new, "context": context}


def statements() -> list[dict[str, object]]:
    """A few statements."""
    verbs = ("experienced", "passed", "answered", "voided", "terminated", "completed")
    score = {"score": {"raw": 1, "max": 2}}
    made = [statement(ADL + verb, number, result=score) for number, verb in enumerate(verbs)]
    return [
        *made,
        statement(VIDEO + "verbs/played", 7),
        statement(number=8, object={"objectType": "SubStatement"}),
    ]


def lines(entries: list[dict[str, object]]) -> bytes:
    """A record a line."""
    return "".join(json.dumps(entry) + "\n" for entry in entries).encode()


HACP = b"2025-09-01T10:00:00Z POST command=GetParam&session_id=s1&aicc_data=%5Bcore%5D%0D%0AStudent_ID%3Du1\n"
HAPPENED: list[dict[str, object]] = [
    event(), event("SessionEvent", "LoggedIn", object="x:y"), event("MediaEvent", "Paused", object="x:c"),
]  # fmt: skip

Make = Callable[[], bytes]
FORMATS: dict[str, tuple[str, Make]] = {
    "xapi lines": ("s.jsonl", lambda: lines(statements())),
    "xapi page": ("s.json", lambda: json.dumps({"statements": statements(), "more": ""}, indent=1).encode()),
    "caliper lines": ("c.jsonl", lambda: lines(HAPPENED * 2)),
    "caliper envelope": ("c.json", lambda: json.dumps({"sensor": "x", "data": HAPPENED}, indent=1).encode()),
    "scorm": ("r.jsonl", lambda: lines([old(), old(attempt=3), registration()])),
    "aicc": ("h.log", lambda: HACP + HACP.replace(b"GetParam", b"PutParam") * 3),
    "openedx": ("t.log", lambda: lines([openedx_line(n) for n in range(8)])),
    "openedx packed": (
        "t.log.gz",
        lambda: gzip.compress(lines([openedx_line(n) for n in range(8)]), mtime=0),
    ),
    "zip": ("a.zip", lambda: zipped({"s.jsonl": lines(statements()), "t.log": lines([openedx_line(1)] * 3)})),
    "tar": ("a.tar.gz", lambda: tarred({"s.jsonl": lines(statements()), "c.jsonl": lines(HAPPENED)}, "w:gz")),
}


def wounded(data: bytes, rng: Random) -> bytes:
    """Data with one to four wounds, or cut off."""
    if rng.random() < 0.2:
        return data[: rng.randrange(len(data))]
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((0, 0, 1, 3, 40)))
        kind = rng.randrange(5)
        if kind == 0 and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[end:]
        elif kind == 2:
            data = data[:end] + data[at:]
        else:
            data = data[:at] + rng.choice(WOUNDS) + data[end if kind == 3 else at :]
    return data


@dataclass
class Outcome:
    """What became of the damaged files of one format."""

    refused: int = 0
    clean: int = 0
    told: int = 0
    slowest_s: float = 0.0


def fuzz(name: str, count: int, seed: int, folder: Path) -> Outcome:
    """Take in so many damaged files of one format.

    Raises:
        AssertionError: one was lost, or took too long.
    """
    file, make = FORMATS[name]
    rng, outcome, sound = Random(f"{seed} {name}"), Outcome(), make()
    for start in range(0, count, 100):
        audit = Audit(None, reachable=[folder], threads=1)
        with transaction(audit.connection):
            tables.create(audit.connection)
        for number in range(start, min(count, start + 100)):
            path = folder / str(number) / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(wounded(sound, rng))
            _take(audit, path, outcome)
            path.unlink()
        reconcile(audit.connection)
        _balance(audit)
        audit.close()
    return outcome


def _take(audit: Audit, path: Path, outcome: Outcome) -> None:
    started = time.monotonic()
    before = audit.connection.execute("SELECT count(*) FROM reject").fetchall()
    try:
        sources, _ = find_sources([path], as_export=True)
        for source in sources:
            load(audit.connection, source, reading_for)
    except InputError as error:
        _check_sentence(str(error), path)
        outcome.refused += 1
    else:
        rejected = audit.connection.execute("SELECT count(*) FROM reject").fetchall() != before
        outcome.told += rejected
        outcome.clean += not rejected
    spent = time.monotonic() - started
    outcome.slowest_s = max(outcome.slowest_s, spent)
    if spent > LONGEST_S:
        raise AssertionError(f"{path.name} took {spent:.0f} s")


def _check_sentence(text: str, path: Path) -> None:
    if "\n" in text or not text.isprintable() or str(path.parent) in text:
        raise AssertionError(f"no plain sentence: {text!r}")


def _account(path: Path, covered: set[int]) -> None:
    """Every line must belong to a record or to what was set aside, but for the list's own signs."""
    with open_text(path) as text:
        for number, line in enumerate(text, 1):
            if number not in covered and _DATA.search(line):
                raise AssertionError(f"{path.name}: line {number} is lost: {line[:300]!r}")


def _covered(batch: Batch) -> set[int]:
    """The physical lines of a batch."""
    found: set[int] = set()
    for line in (*batch.lines, *(entry.line for entry in batch.broken)):
        found.update(range(line, line + batch.spans.get(line, 1)))
    return found


def _balance(audit: Audit) -> None:
    wrong = audit.connection.execute(
        "SELECT file FROM ingest_ledger WHERE rows_read <> rows_stored + rows_duplicate + rows_rejected"
    ).fetchall()
    if wrong:
        raise AssertionError(f"{wrong[0][0]}: the ledger does not balance")


def fuzz_parsing(name: str, count: int, seed: int, folder: Path) -> Outcome:
    """The same, many files at a time: each is recognised and taken apart, then all rows go in at once.

    Raises:
        AssertionError: one was lost, or took too long.
    """
    file, make = FORMATS[name]
    rng, outcome, sound = Random(f"{seed} {name}"), Outcome(), make()
    path = folder / file
    for start in range(0, count, 200):
        rows: dict[str, tuple[Reading, list[list[str | None]]]] = {}
        for _ in range(start, min(count, start + 200)):
            path.write_bytes(wounded(sound, rng))
            started = time.monotonic()
            _take_apart(path, rows, outcome)
            outcome.slowest_s = max(outcome.slowest_s, time.monotonic() - started)
        for reading, found in rows.values():
            _put_in(reading, found)
    if outcome.slowest_s > LONGEST_S:
        raise AssertionError(f"{name}: a file took {outcome.slowest_s:.0f} s")
    return outcome


def _take_apart(
    path: Path, rows: dict[str, tuple[Reading, list[list[str | None]]]], outcome: Outcome
) -> None:
    broken = 0
    try:
        sources, _ = find_sources([path], as_export=True)
        for source in sources:
            size = scan(source.path)
            if is_blank(source.path, size):
                continue
            reading = reading_for(source, EVENTS, CONNECTION)
            job = Load(CONNECTION, source, EVENTS, size, 1, 0)
            covered: set[int] = set()
            for batch in _batches(job, reading):
                rows.setdefault(reading.format, (reading, []))[1].extend(batch.rows)
                broken += len(batch.broken)
                covered |= _covered(batch)
            _account(source.path, covered)
    except InputError as error:
        _check_sentence(str(error), path)
        outcome.refused += 1
        return
    outcome.told += bool(broken)
    outcome.clean += not broken


def _put_in(reading: Reading, rows: list[list[str | None]]) -> None:
    """All rows by one statement; as many must come out as went in."""
    if not rows:
        return
    cells = zip(*rows, strict=True)
    arrays = [pa.array(list(column), pa.string()) for column in cells]
    with Audit(None, threads=1) as audit:
        with transaction(audit.connection):
            tables.create(audit.connection)
        audit.connection.register("batch", pa.table(arrays, list(reading.raw_columns)))
        path = Path("fuzz")
        job = Load(audit.connection, Source(path, "fuzz", None), EVENTS, Scan("", 0, 0, True, False), 1, 0)
        relation = reading.relation.replace("{lines}", "batch")
        if _insert(job, reading, reading.over.replace("{rows}", relation)) != len(rows):
            raise AssertionError(f"{reading.format}: {len(rows)} rows went in and others came out")


def run(count: int, seed: int, names: list[str]) -> Iterator[tuple[str, Outcome]]:
    """Every named format in turn."""
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            yield name, fuzz_parsing(name, count, seed, Path(folder))


def main() -> int:
    """Run from a command line and print one line for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=list(FORMATS), help="names of formats")
    options = parser.parse_args()
    for name, outcome in run(options.files, options.seed, options.only):
        sys.stdout.write(
            f"{name:18} refused {outcome.refused:5}  rejects told {outcome.told:5}  "
            f"no harm {outcome.clean:5}  slowest {outcome.slowest_s:.2f} s\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
