"""The same rows are read alike from every format, and by the quick and the careful reader."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from analyser.audit import Audit
from analyser.ingest import load
from analyser.results import Results
from tests.properties.support import SUFFIXES, Cells, write

ALPHABET = (
    '"',
    '""',
    ",",
    ";",
    "'",
    "\\",
    "\t",
    " ",
    "x",
    "0",
    "陳",
    "é",
    "e\u0301",
    "\u200f",
    "=",
    "NULL",
    "😀",
    "{",
    "}",
)
WORDS = ("view", "interact", "login", "VIEW", "other", "hover")
NUMBERS = (None, "0", "1", "1.0", "1.50", "-3", ".5", "1e2", "12345.678901")
TIMES = ("2025-09-01T10:00:00+08:00", "2025-09-01T02:00:00Z", "2025-09-01 10:00:00", "2025-09-01T10:00:00.25")


def rows_of(rng: Random, breaks: bool) -> list[Cells]:
    """Rows whose cells are dense in quotes, commas and line ends."""
    signs = (*ALPHABET, "\n") if breaks else ALPHABET
    made: list[Cells] = []
    for _ in range(rng.randrange(1, 60)):
        text = ["".join(rng.choice(signs) for _ in range(rng.randrange(1, 9))) for _ in range(4)]
        row = dict(zip(("participant_id", "session_id", "activity_id", "response"), text, strict=True))
        score, duration = rng.choice(NUMBERS), rng.choice(NUMBERS)
        row |= {"timestamp": rng.choice(TIMES), "event": rng.choice(WORDS)}
        made.append({**row, "score": score, "duration_s": duration if duration != "-3" else None})
    return made


def stored(path: Path) -> Counter[tuple[Any, ...]]:
    """The typed rows that come of a file, duplicates too."""
    with Audit(reachable=[path.parent], threads=1) as audit:
        audit.ingest([path])
        results = Results(audit.connection)
        (ledger,) = results.rows("SELECT rows_read, rows_rejected FROM ingest_ledger")
        assert ledger["rows_rejected"] == 0
        found = results.rows("SELECT * EXCLUDE (file_id, fault) FROM event")
        assert len(found) == ledger["rows_read"]
        return Counter(tuple(row.values()) for row in found)


@pytest.mark.parametrize("seed", range(12))
def test_every_format_gives_the_same_rows(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    rows = rows_of(rng, breaks=bool(seed % 2))
    expected = stored(write(tmp_path / "plain" / "events.csv", rows))
    assert expected.total() == len(rows)
    for suffix in SUFFIXES:
        path = write(tmp_path / suffix / f"events.{suffix}", rows)
        assert stored(path) == expected, suffix


@pytest.mark.parametrize("seed", range(12))
def test_careful_reader_gives_what_the_quick_one_gives(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "events.csv", rows_of(Random(seed), breaks=False))
    quick = stored(path)

    def refuse(*_: object) -> int:
        raise load._NotAccountedFor

    monkeypatch.setattr(load, "_fast", refuse)
    assert stored(path) == quick


@pytest.mark.parametrize("seed", range(6))
def test_line_ends_and_a_last_line_without_one_change_nothing(seed: int, tmp_path: Path) -> None:
    path = write(tmp_path / "events.csv", rows_of(Random(seed), breaks=False))
    data = path.read_bytes().replace(b"\r\n", b"\n")
    expected = stored(path)
    lines = data.split(b"\n")
    mixed = b"".join(line + (b"\n", b"\r\n", b"\r")[n % 3] for n, line in enumerate(lines[:-1]))
    for form in (data, data.replace(b"\n", b"\r"), mixed, mixed.rstrip(b"\r\n"), b"\xef\xbb\xbf" + data):
        path.write_bytes(form)
        assert stored(path) == expected


@pytest.mark.parametrize("seed", range(8))
def test_rejects_name_the_line_they_stand_on(seed: int, tmp_path: Path) -> None:
    """Bad rows among good ones, some of them of several lines: each is found where it is."""
    rng, lines, expected = Random(seed), [b"timestamp,participant_id,event,response"], []
    for number in range(200):
        cell = b'"a\nb"' if seed % 2 and rng.random() < 0.1 else b"a"
        is_bad = rng.random() < 0.1
        if is_bad:
            expected.append((1 + sum(1 + line.count(b"\n") for line in lines), f"bad{number}"))
        time = b"bad%d" % number if is_bad else b"2025-09-01T10:00:00Z"
        lines.append(b"%s,P%d,view,%s" % (time, number, cell))
    path = tmp_path / "events.csv"
    path.write_bytes(b"\n".join(lines) + b"\n")
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([path])
        rejects = Results(audit.connection).rows("SELECT line, raw FROM reject ORDER BY line")
    assert len(expected) > 5
    assert [(row["line"], row["raw"].partition(",")[0]) for row in rejects] == expected
