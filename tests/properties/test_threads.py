"""A small case takes one thread, which further ones would only wait for; results never depend on it."""

from __future__ import annotations

from pathlib import Path

import pytest

import analyser
from analyser import store

SAMPLE = Path(__file__).parents[2] / "sample_data" / "case"


@pytest.mark.parametrize(("spare", "threads"), [(1, 1), (0, 1), (-1, None)])
def test_a_few_bytes_take_one_thread(spare: int, threads: int | None, tmp_path: Path) -> None:
    folder = tmp_path / "case" / "events"
    folder.mkdir(parents=True)
    (folder / "first.csv").write_bytes(b"x" * 1000)
    database = tmp_path / "audit.duckdb"
    database.write_bytes(b"x" * (store._FEW_BYTES - 1000 - spare))
    assert store.threads_for([tmp_path / "case", database, tmp_path / "missing"]) == threads


@pytest.mark.parametrize(("asked", "threads"), [(None, 1), (2, 2)])
def test_whoever_asks_for_threads_gets_them(asked: int | None, threads: int) -> None:
    with analyser.run(SAMPLE, threads=asked) as audit:
        found = audit.connection.execute("SELECT current_setting('threads')").fetchall()
    assert found == [(threads,)]
