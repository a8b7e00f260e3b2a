"""Trails of an odd shape cost about what a plain one of as many rows does, not its square."""

from __future__ import annotations

import csv
import datetime
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analyser.audit import Audit

_ROWS = 60_000
_START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_NAMES = (
    "activity_id", "object_id", "attempt_id", "device", "factor", "purpose", "outcome", "response", "score",
    "max_score",
)  # fmt: skip
Cells = dict[str, str]
# Row number -> second, event, what else differs from participant P1 in session s.
SHAPES: dict[str, Callable[[int], tuple[int, str, Cells]]] = {
    "plain": lambda n: (n // 40 * 30, "view", {"participant_id": f"P{n % 400}", "session_id": f"s{n % 400}"}),
    "one session id for every login": lambda n: (n * 60, ("login", "logout")[n % 2], {}),
    "thousands of sessions at once": lambda n: (
        n // 2, "view", {"session_id": f"s{n % 5000}", "device": f"d{n % 5000}"}
    ),
    "one clip played again and again": lambda n: (n, ("media_play", "media_pause")[n % 2], {}),
    "thousands of identity checks in one session": lambda n: (
        n, "verify", {"factor": ("password", "otp_sms")[n % 2], "purpose": "login", "outcome": "pass"}
    ),
    "thousands of unscheduled checks": lambda n: (
        n * 5,
        ("verify", "view")[n % 2],
        {"activity_id": "A", "factor": "face", "purpose": "challenge"}
        | {"outcome": ("pass", "fail")[n // 2 % 2]},
    ),
    "one module completed and passed again and again": lambda n: (
        n * 60,
        ("complete", "assessment_submit")[n % 2],
        {"activity_id": "A"} | ({"attempt_id": f"t{n}", "score": "9", "max_score": "10"} if n % 2 else {}),
    ),
    "one module failed and studied again and again": lambda n: (
        n * 60,
        ("complete", "assessment_submit", "assessment_submit")[n % 3],
        {"activity_id": "A"} | ({"attempt_id": f"t{n}", "score": "5", "max_score": "10"} if n % 3 else {}),
    ),
}  # fmt: skip


def _cost(folder: Path, shape: str, response: str = "") -> float:
    """CPU seconds that taking in and assessing so many rows takes."""
    folder.mkdir()
    (folder / "activities.csv").write_text("activity_id,approved_minutes,pass_mark\nA,30,70\n")
    with (folder / "events.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ("timestamp", "participant_id", "event", "session_id", *_NAMES))
        writer.writeheader()
        for second, event, cells in map(SHAPES[shape], range(_ROWS)):
            at = (_START + datetime.timedelta(seconds=second)).isoformat()
            usual = {
                "timestamp": at,
                "participant_id": "P1",
                "event": event,
                "session_id": "s",
                "device": "d",
            }
            writer.writerow(usual | {"response": response} | cells)
    began = time.process_time()
    with Audit(threads=1, reachable=[folder]) as audit:
        audit.ingest([folder])
        audit.assess(as_of=datetime.date(2026, 6, 30))
        ledger = audit.results.rows("FROM ingest WHERE file = 'events.csv'")[0]
    assert ledger["rows_read"] == ledger["rows_stored"] + ledger["rows_duplicate"] == _ROWS
    return time.process_time() - began


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What a plain trail costs on this machine."""
    return _cost(tmp_path_factory.mktemp("plain") / "case", "plain")


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "plain"])
def test_an_odd_shape_costs_no_more_than_its_rows(shape: str, plain: float, tmp_path: Path) -> None:
    assert _cost(tmp_path / "case", shape) < 5 * plain


def test_records_of_several_lines_cost_no_more_than_theirs(plain: float, tmp_path: Path) -> None:
    assert _cost(tmp_path / "case", "plain", "two\nlines") < 5 * plain
