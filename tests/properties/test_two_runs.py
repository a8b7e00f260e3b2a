"""Two runs into one folder: a second one leaves a living one alone, and clears up after a dead one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analyser import locks
from analyser.report.pack import verify_pack
from tests.commands import analyser

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "sample_data" / "case"
UNFINISHED = ".audit.duckdb.new"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where processes put what does not fit into memory."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def start(out: Path, temporary: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "analyser", "run", str(SAMPLE), "--out", str(out), "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(temporary)},
    )


def finish(process: subprocess.Popen[str]) -> None:
    out, err = process.communicate()
    assert (process.returncode, out, err) == (0, "", "")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@contextmanager
def at_work(out: Path, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that stands still in the middle of its work."""
    process = start(out, temporary)
    try:
        while not (out / f"{UNFINISHED}.wal").exists():
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGSTOP)
        yield process
    finally:
        process.kill()
        process.communicate()


def test_what_a_killed_run_left_is_cleared_up_by_the_next(tmp_path: Path, temporary: Path) -> None:
    out = tmp_path / "out"
    finish(start(out, temporary))
    pack, database = names(out), (out / "audit.duckdb").read_bytes()
    (temporary / "analyser-notes.txt").write_text("somebody's")
    with at_work(out, temporary):
        pass
    assert UNFINISHED in names(out)
    assert len(names(temporary)) == 2
    # The pack of the run before is as it was.
    assert (out / "audit.duckdb").read_bytes() == database
    assert verify_pack(out) == []
    finish(start(out, temporary))
    assert names(out) == pack
    assert names(temporary) == {"analyser-notes.txt"}
    assert verify_pack(out) == []


@pytest.mark.parametrize("locks_folders", [True, False])
def test_a_living_run_keeps_its_folder(
    locks_folders: bool,
    tmp_path: Path,
    temporary: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not locks_folders:
        monkeypatch.setattr("analyser.cli.databases.lock", lambda _: None)
    out = tmp_path / "out"
    with at_work(out, temporary) as first:
        before = names(out), names(temporary)
        answer = analyser(capfd, "run", SAMPLE, "--out", out, "--quiet")
        assert (answer.status, answer.out) == (1, "")
        assert answer.sentence == (
            f"analyser: {out}: another analyser command is writing into this folder; "
            "wait for it, or name another with --out."
        )
        # Elsewhere one may work, and what the first has put aside stays.
        finish(start(tmp_path / "elsewhere", temporary))
        assert (names(out), names(temporary)) == before
        first.send_signal(signal.SIGCONT)
        finish(first)
    assert verify_pack(out) == []
    assert UNFINISHED not in names(out)
    digests = {
        json.loads((folder / "manifest.json").read_text("utf-8"))["digest"]
        for folder in (out, tmp_path / "elsewhere")
    }
    assert len(digests) == 1


def test_reports_are_not_written_where_a_run_is_at_work(
    tmp_path: Path, temporary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, database = tmp_path / "out", tmp_path / "audit.duckdb"
    assert (
        analyser(capfd, "run", SAMPLE, "--out", tmp_path / "first", "--db", database, "--quiet").status == 0
    )
    with at_work(out, temporary):
        answer = analyser(capfd, "report", "--db", database, "--out", out)
        assert (answer.status, answer.out) == (1, "")
        assert "is writing into this folder" in answer.sentence


def test_a_folder_is_locked_once_and_through_links(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    number = locks.lock(tmp_path)
    assert number is not None
    for same in (tmp_path, tmp_path / "link"):
        with pytest.raises(BlockingIOError):
            locks.lock(same)
    locks.release(number)
    again = locks.lock(tmp_path / "link")
    assert again is not None
    locks.release(again)
    assert locks.lock(tmp_path / "nowhere") is None
