"""What the program says while it works names nobody, and what it spills does not stay."""

from __future__ import annotations

import csv
import logging
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

from analyser.audit import Audit
from tests.commands import analyser

SAMPLE = Path(__file__).parents[2] / "sample_data" / "case"


def test_names_and_numbers_of_people_are_never_said(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with (SAMPLE / "participants.csv").open(encoding="utf-8-sig", newline="") as lines:
        people = list(csv.DictReader(lines))
    personal = {
        row[column] for row in people for column in ("participant_id", "name", "name_zh", "licence_no")
    }
    assert len(personal) > 90
    caplog.set_level(logging.DEBUG)
    answer = analyser(capfd, "run", SAMPLE, "--out", tmp_path / "out", "--as-of", "2026-11-22")
    assert answer.status == 0
    said = answer.out + answer.err + caplog.text
    assert "events-2024.csv" in said
    assert [text for text in personal if text and text in said] == []


def test_unexpected_errors_do_not_quote_the_data(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise ValueError("cannot convert 'Chan Tai Man' to a number")

    monkeypatch.setattr(Audit, "ingest", fail)
    answer = analyser(capfd, "run", SAMPLE, "--out", tmp_path / "out")
    assert (answer.status, answer.out) == (1, "")
    assert answer.sentence == (
        "analyser: unexpected ValueError; set ANALYSER_DEBUG=1 to see where, and report it."
    )
    monkeypatch.setenv("ANALYSER_DEBUG", "1")
    with pytest.raises(ValueError, match="Chan Tai Man"):
        analyser(capfd, "run", SAMPLE, "--out", tmp_path / "out")


def test_spilled_rows_do_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    audit = Audit(reachable=[SAMPLE], threads=1)
    audit.ingest([SAMPLE])
    assert [path.name.startswith("analyser-spilled-") for path in tmp_path.iterdir()] == [True]
    audit.close()
    del audit
    assert list(tmp_path.iterdir()) == []
