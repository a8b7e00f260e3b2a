"""What the engine expects of a table may be wrong by any factor; its plans must bear that."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analyser.audit import Audit
from analyser.engines import asking, local
from analyser.store import connect, run_again
from analyser.synth import synthesise

_SELECT = re.compile(
    r"(?:CREATE OR REPLACE\s+(?:TEMP )?TABLE \w+ AS|INSERT INTO asked BY NAME)\s+(.*)", re.DOTALL
)
# Pairs looked at for each row that goes in, and pairs that may be looked at anyhow.
_MOST_PAIRS, _FEW_PAIRS = 20, 10_000
_EACH_WITH_EACH = ("NESTED_LOOP", "BLOCKWISE_NL", "CROSS_PRODUCT")
Node = dict[str, Any]


def _rows(node: Node) -> int:
    """What comes out of an operator; of some that only pass on nothing is told."""
    told, is_pass = int(node["intermediate_rows"]), node["type"] in {"PROJECTION", "UNION"}
    return told or (sum(map(_rows, node.get("children", []))) if is_pass else 0)


def _squares(node: Node) -> Iterator[str]:
    """Joins that look at many more pairs than they have rows."""
    children = node.get("children", [])
    inputs = [_rows(child) for child in children]
    if len(inputs) == 2:
        is_loop = node["type"].startswith(_EACH_WITH_EACH)
        pairs = inputs[0] * inputs[1] if is_loop else _rows(node)
        if pairs > _MOST_PAIRS * sum(inputs) + _FEW_PAIRS:
            yield f"{node['type']} of {inputs[0]} and {inputs[1]} rows: {pairs} pairs"
    for child in children:
        yield from _squares(child)


def test_no_relation_or_rule_takes_the_square(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the size of a sample it would not be felt, at that of a provider it takes the day."""
    looked_at: list[str] = []
    squares: list[str] = []

    def look(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.DuckDBPyConnection:
        if select := _SELECT.match(sql):
            ((_, told),) = connection.execute(f"EXPLAIN (ANALYZE, FORMAT json) {select[1]}").fetchall()
            looked_at.append(sql)
            squares.extend(f"{join} in {sql[:80]}" for join in _squares(json.loads(told)["operator"][0]))
        return run_again(connection, sql)

    monkeypatch.setattr(local, "run_again", look)
    monkeypatch.setattr(asking, "run_again", look)
    case = tmp_path / "case"
    synthesise(case, participants=60, seed=4, labels_folder=tmp_path / "labels")
    with Audit(reachable=[case]) as audit:
        audit.ingest([case])
        audit.assess(as_of=datetime.date(2026, 11, 22))
    assert len(looked_at) > 50
    assert "\n".join(squares) == ""


_SESSIONS = (
    "CREATE TEMP TABLE session AS SELECT n % 90 AS pid, n AS start_us, n + 60 AS end_us FROM range(900) t(n)"
)
# A comparison with a value of another table makes the engine expect next to nothing of it.
_LATEST = """
EXPLAIN WITH least AS (SELECT 10 AS us), long AS (FROM session, least WHERE end_us - start_us >= us)
FROM long a ASOF JOIN session b ON a.pid = b.pid AND a.end_us >= b.start_us
"""


def _plan(connection: duckdb.DuckDBPyConnection) -> str:
    connection.execute(_SESSIONS)
    ((_, plan),) = connection.execute(_LATEST).fetchall()
    return str(plan).upper()


def test_the_latest_of_many_is_not_found_by_comparing_each_with_each() -> None:
    with closing(connect(None)) as connection:
        assert "ASOF" in _plan(connection)


def test_left_to_itself_the_engine_does() -> None:
    """Once it does no longer, the setting can go."""
    with closing(duckdb.connect()) as connection:
        assert "ASOF" not in _plan(connection)
