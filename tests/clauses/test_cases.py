"""Every worked case of the kernel and of the clauses."""

import pytest

from analyser.rulebook.cases import Case
from analyser.worked_cases import all_cases, check

CASES = list(all_cases())


@pytest.mark.parametrize(
    "case", [case for _, case in CASES], ids=[f"{place}: {case.name}" for place, case in CASES]
)
def test_case(case: Case) -> None:
    assert check(case) == []


def test_names_are_unique_in_each_file() -> None:
    names = [(place, case.name) for place, case in CASES]
    assert sorted(names) == sorted(set(names))
