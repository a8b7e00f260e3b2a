"""A Spark cluster of processes of its own: a master and two workers, each of which starts an executor."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# What the Java machines need not do for a few seconds of work.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"
_PATIENCE_S = 90
_HOST = "127.0.0.1"


@dataclass
class Cluster:
    """A running cluster.

    Attributes:
        address: for ``spark.master``.
        workers: the processes of its workers.
    """

    address: str
    workers: list[subprocess.Popen[bytes]]

    def executors(self) -> list[int]:
        """Process numbers of the executors that run now."""
        mine = {worker.pid for worker in self.workers}
        return sorted(pid for parent in mine for pid in children(parent))


def children(parent: int) -> list[int]:
    """Process numbers of a process's children."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A master and two workers with one core each, gone afterwards."""
    port = _free_port()
    address = f"spark://{_HOST}:{port}"
    processes: list[subprocess.Popen[bytes]] = []
    try:
        processes.append(
            _start(folder, "master.Master", "--host", _HOST, "--port", str(port), "--webui-port", "0")
        )
        _await(port)
        for number in (1, 2):
            work = folder / f"worker{number}"
            words = ("--host", _HOST, "-c", "1", "-m", "700m", "--webui-port", "0", "--work-dir", str(work))
            processes.append(_start(folder, "worker.Worker", *words, address))
        yield Cluster(address, processes[1:])
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            process.wait(_PATIENCE_S)


def environment() -> dict[str, str]:
    """Variables for every process of the cluster."""
    return {
        **os.environ,
        "SPARK_LOCAL_IP": _HOST,
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
        "SPARK_PUBLIC_DNS": _HOST,
    }


def _start(folder: Path, kind: str, *words: str) -> subprocess.Popen[bytes]:
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with (folder / f"{kind}.log").open("ab") as log:
        return subprocess.Popen(
            [program, f"org.apache.spark.deploy.{kind}", *words],
            stdout=log, stderr=log, env=environment(), cwd=folder,
        )  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((_HOST, port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("the master does not answer")
