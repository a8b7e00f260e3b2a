"""The program agrees with the oracle on random cases: every credit, period, interval and finding."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.agreement.compare import Outcome, assess_folder, differences, of_oracle, report
from tests.oracle import assess
from tests.oracle.random_cases import random_case, write_case

CASES = 200
CHUNK = 10
Row = dict[str, object]


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_program_agrees_with_the_oracle(first: int, tmp_path: Path) -> None:
    lines = []
    for seed in range(first, first + CHUNK):
        case, policy, as_of = random_case(seed)
        folder = tmp_path / str(seed)
        write_case(case, folder)
        expected = of_oracle(assess(case, policy, as_of))
        # The cases are tiny: a second thread would only wait for the first.
        got = assess_folder(folder, policy, as_of, threads=1)
        lines += [f"seed {seed} {policy}: {line}" for line in differences(got, expected)]
    assert not lines, report(lines)


def _outcome(row: Row, finding: str = "MISSING_LOGOUT", end: str = "10:00") -> Outcome:
    return Outcome([row], [], Counter([(finding, "P1")]), Counter([("P1", "s1", end)]))


def test_the_comparison_sees_each_kind_of_difference() -> None:
    row: Row = {"participant_id": "P1", "activity_id": "A1", "module_id": None, "active_s": 1800}
    same = _outcome(row)
    assert differences(same, _outcome(dict(row))) == []
    assert differences(same, _outcome(row | {"active_s": 1799})) == [
        "credit P1 A1  row 1: active_s is 1800, the oracle says 1799"
    ]
    assert differences(same, _outcome(row | {"module_id": "M1"})) == [
        "credit P1 A1 : 1 rows, the oracle has 0",
        "credit P1 A1 M1: 0 rows, the oracle has 1",
    ]
    assert differences(same, _outcome(row, finding="RETAKE_LIMIT")) == [
        "finding only in the program: MISSING_LOGOUT | P1",
        "finding only in the oracle: RETAKE_LIMIT | P1",
    ]
    assert len(differences(same, _outcome(row, end="10:01"))) == 2
