"""Spark gives what DuckDB gives: on a cluster of separate processes, and when an executor is killed."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import analyser as analyser_package
from analyser.audit import Audit
from analyser.engines import spark as engine
from analyser.report import digest
from analyser.report.pack import verify_pack
from tests.agreement.compare import scheme_with
from tests.commands import analyser
from tests.properties.support import Given, lay_down, random_given, synth_given
from tests.spark.cluster import QUICK, Cluster, cluster, environment

pytest.importorskip("pyspark", reason="the Spark engine is optional: pip install 'analyser[spark]'")
if not (shutil.which("java") or "JAVA_HOME" in os.environ):
    pytest.skip("Spark needs Java", allow_module_level=True)
if "PYTEST_XDIST_WORKER" in os.environ:
    pytest.skip("a worker would wait for its Java machine for ever: make spark", allow_module_level=True)

CASE = Path(__file__).resolve().parents[2] / "sample_data" / "case"
TABLES = ("credits", "findings", "periods", "intervals", "coverage", "ingest", "rejects")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def session(running: Cluster) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    kept = dict(os.environ)
    os.environ.update(
        environment() | {"PYSPARK_SUBMIT_ARGS": f'--driver-java-options "{QUICK}" pyspark-shell'}
    )
    made = (
        SparkSession.builder.master(running.address)
        .config("spark.executor.memory", "500m")
        .config("spark.executor.extraJavaOptions", QUICK)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield made
    made.stop()
    made.sparkContext._gateway.shutdown()
    os.environ.clear()
    os.environ.update(kept)


def _digest(given: Given, folder: Path, name: str) -> str:
    with Audit(reachable=[folder]) as audit:
        audit.ingest([folder])
        audit.assess(scheme_with(given.policy), as_of=given.as_of, engine=name)
        return digest(audit.results)


def test_the_reports_are_the_same(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("duckdb", "spark"):
        words = ("--as-of", "2026-11-22", "--out", tmp_path / name, "--engine", name, "--quiet")
        assert analyser(capfd, "run", CASE, *words).status == 0
    for table in TABLES:
        assert (tmp_path / "spark" / f"{table}.csv").read_bytes() == (
            tmp_path / "duckdb" / f"{table}.csv"
        ).read_bytes(), table


def test_spark_submit(tmp_path: Path) -> None:
    program = Path(analyser_package.__path__[0]) / "__main__.py"
    folder = Path(sys.executable).parent
    words = ("run", CASE, "--as-of", "2026-11-22", "--engine", "spark", "--quiet", "--out", tmp_path / "out")
    done = subprocess.run(
        [folder / "spark-submit", "--master", "local[1]", "--driver-java-options", QUICK, program, *words],
        env=environment() | {"PATH": f"{folder}:{os.environ['PATH']}", "PYSPARK_SUBMIT_ARGS": ""},
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == ""
    assert verify_pack(tmp_path / "out") == []
    expected = _digest_of_sample()
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["digest"] == expected


def _digest_of_sample() -> str:
    with Audit(reachable=[CASE]) as audit:
        audit.ingest([CASE])
        audit.assess(as_of=datetime.date(2026, 11, 22))
        return digest(audit.results)


def test_a_store_that_only_spark_can_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = random_given(91)
    folder = lay_down(given, tmp_path / "case")
    store = tmp_path / "store"
    store.mkdir()
    seen: list[str] = []
    monkeypatch.setenv(engine.WORK, store.as_uri())
    written = engine.SparkEngine._assess

    def assess(self: engine.SparkEngine, session: Any, work: Any, people: int) -> None:
        written(self, session, work, people)
        seen.extend(path.name for path in store.glob("*/*"))

    monkeypatch.setattr(engine.SparkEngine, "_assess", assess)
    assert _digest(given, folder, "spark") == _digest(given, folder, "duckdb")
    assert sorted(seen) == ["answers", "events"]
    assert list(store.iterdir()) == []


def test_a_killed_executor_changes_nothing(
    running: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = synth_given(tmp_path / "synth", 30, 4)
    folder = lay_down(given, tmp_path / "case")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setenv(engine.WORK, str(work))
    killed: list[int] = []

    def kill() -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until and not killed:
            # Tasks write into this folder first; what they finish is moved out of it.
            if list(work.glob("*/answers/_temporary/*/*")) and (found := running.executors()):
                os.kill(found[0], signal.SIGKILL)
                killed.append(found[0])
                killed.extend(1 for _ in work.glob("*/answers/_SUCCESS"))
            time.sleep(0.05)

    watch = threading.Thread(target=kill)
    watch.start()
    found = _digest(given, folder, "spark")
    watch.join()
    assert len(killed) == 1
    assert killed[0] not in running.executors()
    assert found == _digest(given, folder, "duckdb")
    assert list(work.iterdir()) == []
