"""How far long work has come is told while it runs."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analyser.audit import Audit
from analyser.progress import Watch, far
from analyser.store import connect

HEADER = "timestamp,participant_id,event\n"
ROWS = "".join(f"2026-03-01T10:{minute:02}:00+08:00,P1,view\n" for minute in range(40))


@pytest.mark.parametrize(
    ("percent", "seconds", "rows", "said"),
    [
        (40.0, 20.0, 20_000_000, "40 %, 8,000,000 of 20,000,000 rows, 400,000 rows/s, 30 s left"),
        (50.0, 99.4, None, "50 %, 99 s left"),
        (50.0, 100.0, None, "50 %, 2 min left"),
        (1.0, 36.0, None, "1 %, 59 min left"),
        (99.9, 10.0, 0, "100 %, 0 s left"),
    ],
)
def test_what_is_said(percent: float, seconds: float, rows: int | None, said: str) -> None:
    assert far(percent, seconds, rows) == said


def test_a_long_statement_is_told_of_while_it_runs() -> None:
    said: list[str] = []
    connection = connect(None, threads=1)
    with Watch(connection, said.append, first_s=0.05) as watch:
        watch.step("counting")
        started = time.monotonic()
        connection.execute("CREATE TEMP TABLE n AS SELECT range AS i FROM range(3000000)")
        watch.expect(lambda: 3_000_000)
        while not [text for text in said if "rows/s" in text] and time.monotonic() - started < 60:
            connection.execute("SELECT max(sha256(i::VARCHAR)) FROM n").fetchall()
    assert said[0] == "counting"
    assert [text for text in said if text.startswith("counting: ") and " of 3,000,000 rows, " in text]


def test_nobody_looks_when_nobody_is_told() -> None:
    before = threading.active_count()
    with Watch(duckdb.connect(), None) as watch:
        watch.step("anything")
        watch.expect(lambda: pytest.fail("nothing is counted"))
        assert threading.active_count() == before


def test_the_look_ends_with_the_work() -> None:
    with pytest.raises(ValueError, match="broken"), Watch(duckdb.connect(), print):
        raise ValueError("broken")
    assert not [thread for thread in threading.enumerate() if thread.name == "watch"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_rows_to_come_are_known(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / f"events.{kind}"
    if kind == "csv":
        file.write_text(HEADER + ROWS, encoding="utf-8")
    else:
        cells = [row.split(",") for row in ROWS.splitlines()]
        columns = [pa.array(list(column), pa.string()) for column in zip(*cells, strict=True)]
        pq.write_table(pa.table(columns, HEADER.strip().split(",")), file)
    counted: list[int] = []
    monkeypatch.setattr(Watch, "expect", lambda _, count: counted.append(count()))
    with Audit(reachable=[tmp_path], progress=lambda _: None) as audit:
        audit.ingest([file])
    assert counted == [40]
