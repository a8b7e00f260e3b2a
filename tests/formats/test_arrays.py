"""Columns for DuckDB made without what pyarrow would import to make them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pytest

from analyser.arrays import arrow_table, texts, whole_numbers

if TYPE_CHECKING:
    from pathlib import Path

CELLS = ["a", "", None, "時間\n", "\0", None, "x" * 3000, *("yz" * 4), None]


@pytest.mark.parametrize("cells", [CELLS, CELLS[:8], [None], [""], []])
def test_texts(cells: list[str | None]) -> None:
    given = arrow_table(["cell", "number"], [texts(cells), whole_numbers(range(len(cells)))])
    with duckdb.connect() as connection:
        connection.register("given", given)
        found = connection.execute("SELECT cell, number FROM given").fetchall()
    assert found == list(zip(cells, range(len(cells)), strict=True))


def test_half_a_character_is_no_text() -> None:
    with pytest.raises(UnicodeEncodeError):
        texts(["\ud800"])


def test_numbers_of_either_sign() -> None:
    large = np.array([0, 2**64 - 1, 5, 6], np.uint64)[::2]
    table = arrow_table(["u", "i"], [whole_numbers(large), whole_numbers([-(2**63), 2**63 - 1])])
    with duckdb.connect() as connection:
        connection.register("given", table)
        found = connection.execute("SELECT u, i, typeof(u), typeof(i) FROM given").fetchall()
    assert found == [(0, -(2**63), "UBIGINT", "BIGINT"), (5, 2**63 - 1, "UBIGINT", "BIGINT")]


def test_taking_in_imports_no_pandas(tmp_path: Path) -> None:
    # Its import takes as long as a small file. Of these lines one is a reject and two are twins.
    line = '{"username": "U", "event_type": "x", "event_source": "server", "time": "2026-03-01T01:02:03Z"}\n'
    log = tmp_path / "tracking.log"
    log.write_text(line.replace('"U"', '""') + line + line)
    script = (
        "import sys; from pathlib import Path; from analyser.audit import Audit; path = Path(sys.argv[1])\n"
        "audit = Audit(None, reachable=[path.parent]); audit.ingest([path])\n"
        "row = 'SELECT rows_stored, rows_duplicate, rows_rejected FROM ingest_ledger'\n"
        "print(audit.connection.execute(row).fetchall(), 'pandas' in sys.modules)"
    )
    command = [sys.executable, "-c", script, str(log)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said.strip() == "[(1, 1, 1)] False"
