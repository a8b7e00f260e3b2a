"""The bytes of a file: its lines are counted and found whatever the pieces it is read in."""

from __future__ import annotations

import hashlib
import random
import re
from typing import TYPE_CHECKING

import pytest

from analyser.ingest import scan

if TYPE_CHECKING:
    from pathlib import Path

PARTS = (b"\n", b"\r\n", b"\n\n", b"ab", "\u6642".encode(), b'{"a": 1}', b"x" * 9)


def contents() -> list[bytes]:
    """Small files of every mixture, the same each time."""
    rng = random.Random(11)
    made = [b"", b"\n", b"\r\n\r\n", b"a", b"a\n", b"a\r\n", b"a\n\n\n", b"\xef\xbb\xbfa\nb"]
    for _ in range(60):
        end = rng.choice((b"\n", b"\r\n"))
        found = rng.choices((end, end + end, *PARTS[3:]), k=rng.randrange(1, 12))
        made.append(b"".join(found))
    return made


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 20])
def test_pieces_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(scan, "_CHUNK", size)
    for content in contents():
        path = tmp_path / "f"
        path.write_bytes(content)
        found = scan.scan(path)
        text = content.rstrip(b"\r\n")
        lines = re.split(b"\r\n|\n", text)
        assert found.lines == (len(lines) if content else 0), content
        assert (found.sha256, found.size) == (hashlib.sha256(content).hexdigest(), len(content))
        assert found.is_regular == (b"\r" not in content or b"\n" not in content.replace(b"\r\n", b""))
        wanted = dict.fromkeys(range(1, found.lines + 2), 1)
        told = list(scan.raw_lines(path, wanted, is_regular=True, limit=5))
        shown = [line.decode("utf-8-sig" if n == 0 else "utf-8")[:5] for n, line in enumerate(lines)]
        assert told == list(enumerate([*shown, ""], start=1))[: found.lines + 1], content


def test_text_of_a_line_is_cut_at_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_CHUNK", 4)
    path = tmp_path / "f"
    path.write_bytes(("a\n" + "\U0001f600" * 30 + "\nb\n").encode())
    wanted = {2: 1, 3: 1, 9: 1}
    told = list(scan.raw_lines(path, wanted, is_regular=True, limit=20))
    assert told == [(2, "\U0001f600" * 20), (3, "b"), (9, "")]


def test_lines_that_are_not_asked_for_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"".join(b"%d\n" % n for n in range(1, 400_001)))
    wanted = {1: 1, 2: 1, 150_000: 1, 399_999: 1}
    told = list(scan.raw_lines(path, wanted, is_regular=True))
    assert told == [(n, str(n)) for n in wanted]
