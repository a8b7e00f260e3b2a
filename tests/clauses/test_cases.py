"""Every worked case of the kernel and of the clauses of every scheme."""

import pytest

from analyser.audit import DEFAULT_SCHEME
from analyser.rulebook.cases import Case
from analyser.rulebook.scheme import Scheme, load_scheme, scheme_names
from analyser.worked_cases import all_cases, check, kernel_cases

SCHEMES = {name: load_scheme(name) for name in scheme_names()}
CASES = [
    *((SCHEMES[DEFAULT_SCHEME], place, case) for place, case in kernel_cases()),
    *((scheme, place, case) for scheme in SCHEMES.values() for place, case in all_cases(scheme)),
]


@pytest.mark.parametrize(
    ("scheme", "case"),
    [(scheme, case) for scheme, _, case in CASES],
    ids=[f"{scheme.name}/{place}: {case.name}" for scheme, place, case in CASES],
)
def test_case(scheme: Scheme, case: Case) -> None:
    assert check(case, scheme) == []


@pytest.mark.parametrize("first", range(2))
def test_the_whole_scheme_says_the_same(first: int) -> None:
    """A case asks few rules only, which is quicker; of some all are asked."""
    for scheme, _, case in CASES[first * 18 :: 36]:
        assert check(case, scheme, is_whole=True) == [], (scheme.name, case.name)


def test_names_are_unique_in_each_file() -> None:
    names = [(scheme.name, place, case.name) for scheme, place, case in CASES]
    assert sorted(names) == sorted(set(names))
