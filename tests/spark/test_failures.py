"""What goes wrong in Spark is one plain sentence that quotes no data; none of this needs Spark."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from analyser.engines.spark import _sentence, told
from analyser.errors import AnalyserError
from tests.commands import analyser
from tests.hostile.kit import GOOD

CELL = "Chan Tai Man"


def _failing(error: Exception) -> Iterator[tuple[str, bytes]]:
    yield "credits", b""
    raise error


@pytest.mark.parametrize(
    ("error", "part"),
    [
        (
            duckdb.ConversionException(f"Could not convert string '{CELL}'"),
            "a task failed (ConversionException)",
        ),
        (duckdb.OutOfMemoryException(CELL), "raise --memory-limit"),
        (AnalyserError("The results contradict what they were made from."), "The results contradict"),
    ],
)
def test_a_failed_task_is_one_sentence(error: Exception, part: str) -> None:
    with pytest.raises(AnalyserError) as raised:
        list(told(_failing(error)))
    # Spark wraps it in a long text of its own, which names the error before and after.
    wrapped = RuntimeError(f"Job aborted: {raised.value}\n\tat org.apache {raised.value}")
    assert part in _sentence(wrapped)
    assert _sentence(wrapped).count("\n") == 0
    assert CELL not in str(raised.value)


def test_what_is_no_task_is_told_by_its_kind() -> None:
    assert "the job failed (RuntimeError)" in _sentence(RuntimeError(CELL))
    assert CELL not in _sentence(RuntimeError(CELL))


def test_without_pyspark(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "events.csv").write_bytes(GOOD)
    for name in [name for name in sys.modules if name.partition(".")[0] in {"pyspark", "py4j"}]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("pyspark", "pyspark.sql", "py4j", "py4j.protocol"):
        monkeypatch.setitem(sys.modules, name, None)
    answer = analyser(capfd, "run", tmp_path / "case", "--out", tmp_path / "out", "--engine", "spark")
    assert answer.status == 1
    assert "needs pyspark, which is not installed: pip install" in answer.sentence
    assert not (tmp_path / "out" / "audit.duckdb").exists()
