"""Moodle's dedication rule, by the cases worked from it and at its two thresholds."""

from __future__ import annotations

import json

import duckdb
import pytest

from analyser.measures import Dedication, dedicated
from tests.formats.support import real


def sittings(times: list[int], parameters: Dedication) -> tuple[list[list[int]], int]:
    """(start, length) of the listed sittings of one person, and the total of all."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE act (who VARCHAR, at_us BIGINT)")
    for at in times:
        # Another person's acts join nothing.
        connection.execute("INSERT INTO act VALUES ('a', $1), ('b', $1 + 1800000000)", [at * 1_000_000])
    found = [row for row in dedicated(connection, "act", parameters) if row[0] == "a"]
    return [[start // 1_000_000, length] for _, start, length, is_listed in found if is_listed], sum(
        length for _, _, length, _ in found
    )


def test_worked_cases_of_the_rule() -> None:
    cases = json.loads(real("cases/moodle_dedication_cases.json").read_text(encoding="utf-8"))
    facts = cases["rule_facts"]
    usual = Dedication(facts["session_limit_default_s"], facts["ignore_sessions_limit_default_s"])
    assert Dedication() == usual
    assert len(cases["worked_cases"]) == 5
    for entry in cases["worked_cases"]:
        settings = Dedication(entry["settings"]["session_limit"], entry["settings"]["ignore"])
        assert sittings(entry["times"], settings) == (entry["sessions"], entry["total_s"]), entry["id"]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([0, 3599], ([[0, 3599]], 3599)), ([0, 3600], ([[0, 3600]], 3600)), ([0, 3601], ([], 0)),
        ([0, 119], ([], 119)), ([0, 120], ([], 120)), ([0, 121], ([[0, 121]], 121)),
        ([0, 0, 121, 121], ([[0, 121]], 121)),
    ],
)  # fmt: skip
def test_the_thresholds(times: list[int], expected: tuple[list[list[int]], int]) -> None:
    assert sittings(times, Dedication()) == expected
