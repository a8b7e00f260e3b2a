"""What one piece of work costs: a command in a process of its own, with all the processes it starts.

Linux only: the measuring process adopts what a command leaves behind, so that the Java machine of
Spark, and what that starts, is counted when it ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
_EVERY_S = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """What a command took.

    Attributes:
        cpu_s: user and system seconds of all its processes.
        wall_s: seconds until its own process ended.
        peak_mib: most that its processes had resident together, seen ten times a second, or by one alone.
    """

    cpu_s: float
    wall_s: float
    peak_mib: float


def measure(command: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[Cost, str]:
    """The cost of a command and what it said.

    Args:
        command: the program and its arguments.
        environment: variables besides the present ones.

    Raises:
        SystemExit: it failed; the last of what it complained about is told.
    """
    ctypes.CDLL(None).prctl(_ADOPT, 1)
    before, started = _children_cpu(), time.perf_counter()
    # Into files: a full pipe would stop the work, and reading one would take part in it.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        process = subprocess.Popen(
            command, stdout=said, stderr=complained, start_new_session=True,
            env={**os.environ, **(environment or {})},
        )  # fmt: skip
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        _await_the_rest()
        watch.stop()
        said.seek(0)
        complained.seek(0)
        if process.returncode:
            sys.stderr.write(complained.read().decode(errors="replace")[-4000:])
            raise SystemExit(f"{' '.join(command)}: failed")
        peak = max(usage.ru_maxrss / 1024, watch.peak / 2**20)
        return Cost(_children_cpu() - before, wall, peak), said.read().decode(errors="replace")


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _await_the_rest() -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


class _Watch(threading.Thread):
    """Adds up the resident memory of a session of processes, now and again."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._is_over = threading.Event()
        self.peak = 0

    def run(self) -> None:
        """Look until told to stop."""
        while not self._is_over.wait(_EVERY_S):
            self.peak = max(self.peak, sum(map(self._resident, Path("/proc").glob("[0-9]*"))))

    def stop(self) -> None:
        """No further looks."""
        self._is_over.set()
        self.join()

    def _resident(self, process: Path) -> int:
        try:
            # The name in parentheses may hold anything; after it come state, parent, group, session.
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            return int(fields[21]) * _PAGE if int(fields[3]) == self._session else 0
        except (OSError, IndexError, ValueError):
            return 0
