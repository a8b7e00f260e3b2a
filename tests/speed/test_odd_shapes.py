"""Trails of an odd shape cost about what a plain one of as many rows does, not its square."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analyser.audit import Audit

_ROWS = 60_000
_START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
Row = Callable[[int], tuple[int, str, str, str, str]]
# Row number -> second, participant, event, session, device.
SHAPES: dict[str, Row] = {
    "plain": lambda n: (n // 40 * 30, f"P{n % 400}", "view", f"s{n % 400}", "d"),
    "one session id for every login": lambda n: (n * 60, "P1", ("login", "logout")[n % 2], "s", "d"),
    "thousands of sessions at once": lambda n: (n // 2, "P1", "view", f"s{n % 5000}", f"d{n % 5000}"),
    "one clip played again and again": lambda n: (n, "P1", ("media_play", "media_pause")[n % 2], "s", "d"),
}


def _cost(folder: Path, row: Row, response: str = "") -> float:
    """CPU seconds that taking in and assessing so many rows takes."""
    folder.mkdir()
    with (folder / "events.csv").open("w", newline="") as file:
        file.write("timestamp,participant_id,event,session_id,device,response\n")
        for second, *cells in map(row, range(_ROWS)):
            at = (_START + datetime.timedelta(seconds=second)).isoformat()
            file.write(f"{at},{','.join(cells)},{response}\n")
    began = time.process_time()
    with Audit(threads=1, reachable=[folder]) as audit:
        audit.ingest([folder])
        audit.assess(as_of=datetime.date(2026, 6, 30))
        (ledger,) = audit.results.rows("FROM ingest")
    assert ledger["rows_read"] == ledger["rows_stored"] + ledger["rows_duplicate"] == _ROWS
    return time.process_time() - began


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What a plain trail costs on this machine."""
    return _cost(tmp_path_factory.mktemp("plain") / "case", SHAPES["plain"])


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "plain"])
def test_an_odd_shape_costs_no_more_than_its_rows(shape: str, plain: float, tmp_path: Path) -> None:
    assert _cost(tmp_path / "case", SHAPES[shape]) < 5 * plain


def test_records_of_several_lines_cost_no_more_than_theirs(plain: float, tmp_path: Path) -> None:
    assert _cost(tmp_path / "case", SHAPES["plain"], response='"two\nlines"') < 5 * plain
