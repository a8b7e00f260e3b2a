"""Packed files, Parquet and JSON lines that are damaged or hold the wrong things."""

from __future__ import annotations

import gzip
import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.hostile.kit import GOOD, HEADER, LOGIN, VIEW, Hostile, event, refused, rejected, stored

MANY = HEADER + b"".join(event(b"%d" % n, at=b"2025-09-01T10:%02d:00Z" % (n % 60)) for n in range(3000))
PACKED = gzip.compress(GOOD)
ZSTD = zstandard.ZstdCompressor()
FIRST = b'{"timestamp":"2025-09-01T10:00:00Z","participant_id":"P1","event":"login"}\n'
LAST = b'{"timestamp":"2025-09-01T10:10:00Z","participant_id":"P1","event":"logout"}\n'
NO_OBJECT = "is not a JSON object"
DAMAGED, CUT = "the compressed data is damaged", "cannot be read"
NO_TIME = "cannot be read as an ISO 8601 date and time"


def _parquet(**columns: Any) -> bytes:
    good = {
        "timestamp": ["2025-09-01T10:00:00Z", "2025-09-01T10:10:00Z"],
        "participant_id": ["P1", "P1"],
        "event": ["login", "logout"],
    }
    file = io.BytesIO()
    pq.write_table(pa.table(good | columns), file)
    return file.getvalue()


def _json(name: str, middle: bytes, *reasons: str, good: int = 0) -> Hostile:
    """Lines between two good ones: those with a reason are rejected."""
    rejects = tuple((line, "", reason) for line, reason in enumerate(reasons, start=2))
    return rejected(name, FIRST + middle + LAST, 2 + good, *rejects, file="events.jsonl")


PACKINGS: list[Hostile] = [
    refused("damaged gzip", PACKED[:40] + b"\xff\xff" + PACKED[42:], "events.csv.gz: ", file="events.csv.gz"),
    refused("gzip with a wrong sum", PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], CUT, file="events.csv.gz"),
    refused("gzip cut off", PACKED[:-20], CUT, file="events.csv.gz"),
    refused("gzip that is none", GOOD, CUT, file="events.csv.gz"),
    refused("gzip with something behind it", PACKED + b"more", CUT, file="events.csv.gz"),
    stored(
        "gzip in two members", gzip.compress(HEADER + LOGIN) + gzip.compress(VIEW), 2, file="events.csv.gz"
    ),
    refused(
        "zstd cut off", ZSTD.compress(MANY)[:-200], "ends before its end was marked", file="events.csv.zst"
    ),
    refused("zstd cut off in its first block", ZSTD.compress(MANY)[:30], CUT, file="events.csv.zst"),
    refused("zstd that is none", GOOD, DAMAGED, file="events.csv.zst"),
    refused("zstd with something behind it", ZSTD.compress(GOOD) + b"more", DAMAGED, file="events.csv.zst"),
    stored(
        "zstd in two frames", ZSTD.compress(HEADER + LOGIN) + ZSTD.compress(VIEW), 2, file="events.csv.zst"
    ),
    stored("gzip in capital letters", PACKED, 3, file="events.CSV.GZ"),
]

PARQUET: list[Hostile] = [
    refused("Parquet cut off", _parquet()[:-30], "cannot be read as Parquet", file="events.parquet"),
    refused("Parquet that is CSV", GOOD, "cannot be read as Parquet", file="events.parquet"),
    refused("empty Parquet", b"", "cannot be read as Parquet", file="events.parquet"),
    refused(
        "Parquet with damaged pages",
        b"PAR1" + b"\xff" * 40 + _parquet()[44:],
        "cannot be read to its end",
        file="events.parquet",
    ),
    refused(
        "Parquet with records in a column",
        _parquet(participant_id=[{"a": 1}, {"a": 2}]),
        "column participant_id holds lists or records",
        file="events.parquet",
    ),
    refused(
        "Parquet with lists in a column",
        _parquet(response=[["a"], ["b"]]),
        "column response holds lists or records",
        file="events.parquet",
    ),
    rejected(
        "Parquet with counted seconds for times",
        _parquet(timestamp=[1756692000, 1756692600]),
        0,
        (1, "timestamp", NO_TIME),
        (2, "timestamp", NO_TIME),
        file="events.parquet",
    ),
    rejected(
        "Parquet with the ends of time",
        _parquet(timestamp=pa.array([2**63 - 1, -(2**62)], pa.timestamp("us", "UTC"))),
        0,
        (1, "timestamp", NO_TIME),
        (2, "timestamp", NO_TIME),
        file="events.parquet",
    ),
    rejected(
        "Parquet with no number in a number column",
        _parquet(score=[float("nan"), 0.1]),
        1,
        (1, "score", "cannot be read as a number"),
        file="events.parquet",
    ),
    stored("Parquet with numbers for ids", _parquet(participant_id=[1, 2]), 2, file="events.parquet"),
    stored("Parquet with bytes for ids", _parquet(participant_id=[b"P1", b"\xff"]), 2, file="events.parquet"),
    stored("Parquet with nanoseconds", _parquet(
        timestamp=pa.array([1756692000123456789] * 2, pa.timestamp("ns"))), 2, file="events.parquet"),
    stored("Parquet without rows", _parquet(
        **{name: pa.array([], pa.string()) for name in ("timestamp", "participant_id", "event")}),
        0, file="events.parquet"),
    rejected("Parquet without ids", _parquet(participant_id=pa.array([None, None], pa.null())), 0,
             (1, "participant_id", "is empty"), (2, "participant_id", "is empty"), file="events.parquet"),
]  # fmt: skip

JSON: list[Hostile] = [
    _json("JSON with a NUL", FIRST.replace(b"P1", b"P\0"), "contains a NUL byte"),
    _json("JSON with a NUL in other letters", FIRST.replace(b"P1", b"P\\u0000"), "contains a NUL byte"),
    _json("JSON with half a pair", FIRST.replace(b"P1", b"P\\ud800"), NO_OBJECT),
    _json("JSON that is no UTF-8", FIRST.replace(b"P1", b"P\xff"), "is not valid UTF-8"),
    _json("JSON with a control character", FIRST.replace(b"P1", b"P\x1f"), NO_OBJECT),
    _json("deep JSON", b"[" * 100_000 + b"]" * 100_000 + b"\n", NO_OBJECT),
    _json(
        "a deep cell", FIRST[:-2] + b',"response":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", good=1
    ),
    _json("JSON that is no object", b'[1,2]\n5\nnull\n"x"\ntrue\n', *[NO_OBJECT] * 5),
    _json("JSON with a name twice", FIRST.replace(b"{", b'{"participant_id":"P9",'), "has a name twice"),
    _json("a name twice in other letters", FIRST.replace(b"{", b'{"even\\u0074":"x",'), "has a name twice"),
    _json("two objects on a line", FIRST[:-1] + LAST, NO_OBJECT),
    _json("something behind an object", FIRST[:-1] + b"x\n", NO_OBJECT),
    _json("half an object", FIRST[:40] + b"\n", NO_OBJECT),
    _json("blank lines", b"\n   \n\n"),
    Hostile("a comma too many", {"events.jsonl": FIRST + LAST.replace(b"}", b",}")}, counts=(2, 2, 0, 0)),
    stored("JSON lines with CRLF", FIRST + LAST.replace(b"\n", b"\r\n"), 2, file="events.jsonl"),
    stored("JSON lines with a byte-order mark", b"\xef\xbb\xbf" + FIRST + LAST, 2, file="events.jsonl"),
    stored("JSON lines without a line", b"", 0, file="events.jsonl"),
    _json("JSON with long numbers for ids", FIRST.replace(b'"P1"', b"12345678901234567890123"), good=1),
    _json("a long line of JSON", FIRST[:-2] + b',"response":"' + b"x" * 2_500_000 + b'"}\n', good=1),
    rejected("a JSON array over several lines", b"[\n" + FIRST[:-1] + b",\n" + LAST + b"]\n", 1,
             (1, "", NO_OBJECT), (2, "", NO_OBJECT), (4, "", NO_OBJECT), file="events.jsonl"),
    rejected("JSON without what every row needs", FIRST + b'{"event":"x"}\n', 1,
             (2, "timestamp", "is empty"), file="events.jsonl"),
]  # fmt: skip
