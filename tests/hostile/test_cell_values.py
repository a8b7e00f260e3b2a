"""What a cell of a register or a mark is worth: as written, and never more."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = "activity_id,module_id,approved_minutes,pass_mark\nA,M,30,70\n"
EVENTS = (
    "timestamp,participant_id,event,session_id,activity_id,module_id,attempt_id,score,max_score,duration_s\n"
)
AT = "2026-03-02T09:00:00+08:00"


def _case(folder: Path, **tables: str) -> Audit:
    for name, text in {"activities": REGISTER, **tables}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    audit = Audit(reachable=[folder], threads=1)
    audit.ingest([folder])
    return audit


@pytest.mark.parametrize(
    ("word", "is_required"),
    [
        *((word, True) for word in ("true", "T", "t", "1", "Yes", "y")),
        *((word, False) for word in ("false", "F", "f", "0", "NO", "n")),
        ("", None),
    ],
)
def test_words_for_true_and_false(word: str, *, is_required: bool | None, tmp_path: Path) -> None:
    """R46; a required item that is rejected is asked of nobody. PostgreSQL writes t and f."""
    items = f"activity_id,module_id,object_id,required\nA,M,P1,{word}\n"
    with _case(tmp_path, events=EVENTS + f"{AT},P,view,S,A,M,,,,\n", items=items) as audit:
        assert audit.connection.execute("SELECT required FROM items").fetchall() == [(is_required,)]
        assert audit.connection.execute("SELECT count(*) FROM reject").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("score", "is_passed"),
    [
        ("69.999999999999999999", False),
        ("69.99999999999999999999999999", False),
        ("70.00000000000000000000000000", True),
        ("70.00000000000000000000000001", True),
        ("-70.0000000000000000000000001", False),
    ],
)
def test_marks_are_cut_and_never_rounded_up(score: str, *, is_passed: bool, tmp_path: Path) -> None:
    """Decimals beyond what is held would round up to the pass mark."""
    with _case(tmp_path, events=EVENTS + f"{AT},P,assessment_submit,S,A,M,T,{score},100,\n") as audit:
        audit.assess(as_of=datetime.date(2026, 6, 30), case="marks")
        passed = audit.connection.execute("SELECT passed_at IS NOT NULL, attempts FROM credits").fetchall()
    assert passed == [(is_passed, 1)]


def test_seconds_are_cut_however_long_they_are_written(tmp_path: Path) -> None:
    """Digits below a microsecond are cut (contract, section 3)."""
    rows = "".join(
        f"{AT},P{n},idle,S,A,M,,,,{cell}\n" for n, cell in enumerate(("0.9999999", "0." + "9" * 30))
    )
    with _case(tmp_path, events=EVENTS + rows) as audit:
        assert audit.connection.execute("SELECT DISTINCT duration_us FROM event").fetchall() == [(999_999,)]
