"""Ingest can be killed at any moment, or stopped by hand, and goes on where it was."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from analyser.audit import Audit
from analyser.report import digest
from analyser.results import Results
from analyser.synth import AS_OF, synthesise

FILES = 6


@dataclass(frozen=True)
class Whole:
    """A case, how long its ingest takes, and what comes of it when nobody stops it."""

    folder: Path
    seconds: float
    ledger: list[dict[str, Any]]
    digest: str


def start(folder: Path, database: Path) -> subprocess.Popen[str]:
    """`python -m analyser ingest`, as a process that Ctrl-C reaches."""
    return subprocess.Popen(
        [sys.executable, "-m", "analyser", "ingest", str(folder), "--db", str(database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A parent in the background ignores the signal, and its children would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def complaints(err: str) -> str:
    """Standard error without the lines of progress, which a slow machine gets to see."""
    lines = [line for line in err.splitlines() if not line.startswith("  ")]
    # What is odd about the made trail's words is told, and is no complaint.
    return "\n".join(line for line in lines if "not in the vocabulary" not in line).strip()


def outcome(database: Path) -> tuple[list[dict[str, Any]], str]:
    with Audit(database) as audit:
        ledger = Results(audit.connection).rows("SELECT * EXCLUDE file_id FROM ingest_ledger ORDER BY ALL")
        audit.assess(as_of=AS_OF)
        return ledger, digest(audit.results)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("stopping") / "case"
    synthesise(folder, participants=1, seed=3, scale_events=150_000, event_files=FILES)
    database = folder.with_name("whole.duckdb")
    begun = time.monotonic()
    process = start(folder, database)
    out, err = process.communicate()
    assert (process.returncode, complaints(err)) == (0, ""), err
    assert out.count("events-") == FILES
    return Whole(folder, time.monotonic() - begun, *outcome(database))


@pytest.mark.parametrize("seed", range(3))
def test_killed_ingest_loses_and_doubles_nothing(whole: Whole, seed: int, tmp_path: Path) -> None:
    database = tmp_path / "audit.duckdb"
    rng = Random(seed)
    process = start(whole.folder, database)
    # However fast the machine is just now, the first one is killed at its work.
    while not database.exists():
        assert process.poll() is None
    process.kill()
    assert process.wait() == -signal.SIGKILL
    for _ in range(4):
        process = start(whole.folder, database)
        try:
            process.communicate(timeout=whole.seconds * rng.uniform(0.1, 0.9))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
    process = start(whole.folder, database)
    _, err = process.communicate()
    assert (process.returncode, complaints(err)) == (0, ""), err
    assert outcome(database) == (whole.ledger, whole.digest)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3])
def test_ingest_stopped_by_hand_says_so_in_one_sentence(whole: Whole, share: float, tmp_path: Path) -> None:
    database = tmp_path / "audit.duckdb"
    process = start(whole.folder, database)
    while not database.exists():
        assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.communicate(timeout=whole.seconds * share)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert complaints(err) == "Stopped. What was committed is kept; run the command again to go on."
    assert complaints(start(whole.folder, database).communicate()[1]) == ""
    assert outcome(database) == (whole.ledger, whole.digest)
