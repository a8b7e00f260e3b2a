"""Every hostile input ends in one plain sentence, or in a full account and a pack that verifies."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from analyser.schema.results import RESULTS
from tests.commands import Answer, analyser
from tests.hostile.inputs import INPUTS
from tests.hostile.kit import NAME, Hostile

RISKY = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, str]


def test_every_input_has_its_name() -> None:
    assert len({hostile.name for hostile in INPUTS}) == len(INPUTS) >= 40


@pytest.mark.parametrize("hostile", INPUTS, ids=lambda hostile: hostile.name)
def test_hostile_input(hostile: Hostile, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "case", tmp_path / "out"
    for name, data in hostile.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    answer = analyser(capfd, "run", folder, "--out", out, "--as-of", "2026-06-30")
    _check_words(answer)
    if hostile.says:
        assert answer.status == 1
        assert answer.sentence.startswith("analyser: ")
        assert hostile.says in answer.sentence
        return
    assert answer.status == 0, answer
    assert hostile.unread in answer.err
    _check_ledger(hostile, out)
    _check_rejects(hostile, out)
    _check_pack(out)
    verified = analyser(capfd, "verify", out)
    assert verified.status == 0, verified


def _check_words(answer: Answer) -> None:
    """No traceback, no names of people, nothing that a terminal would obey."""
    said = answer.out + answer.err
    assert "Traceback" not in said
    assert NAME not in said
    assert [sign for sign in said if not sign.isprintable() and sign != "\n"] == []


def _check_ledger(hostile: Hostile, out: Path) -> None:
    ledger = _rows(out, "ingest")
    counted = {
        row["file"]: tuple(int(row[f"rows_{what}"]) for what in ("read", "stored", "duplicate", "rejected"))
        for row in ledger
    }
    assert all(read == kept + twice + bad for read, kept, twice, bad in counted.values())
    assert counted[_csv_safe(next(iter(hostile.files)))] == hostile.counts
    others = [row for row in ledger if row["file"] != _csv_safe(next(iter(hostile.files)))]
    assert sum(int(row["rows_rejected"]) for row in others) == 0


def _check_rejects(hostile: Hostile, out: Path) -> None:
    rejects = _rows(out, "rejects")
    assert [(int(row["line"]), row["column"]) for row in rejects] == [entry[:2] for entry in hostile.rejects]
    for row, (_, _, reason) in zip(rejects, hostile.rejects, strict=True):
        assert row["file"] == next(iter(hostile.files))
        assert row["reason"]
        assert reason in row["reason"]
        # Parquet has no text; the other files show the row as it stands there.
        assert bool(row["raw"]) != row["file"].endswith(".parquet")


def _check_pack(out: Path) -> None:
    for name in RESULTS:
        for row in _rows(out, name):
            assert [cell for cell in row.values() if cell.startswith(RISKY)] == []
    page = (out / "inspection_report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert not any(sign in page for sign in "\x00\x1b\x07\u202e\u2066")


def _rows(out: Path, name: str) -> list[Row]:
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        csv.field_size_limit(1 << 30)
        return list(csv.DictReader(lines))


def _csv_safe(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY) else text
