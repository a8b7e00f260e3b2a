"""Every worked case of the kernel and of the clauses of every scheme."""

from collections import defaultdict
from dataclasses import replace

import pytest

from analyser.audit import DEFAULT_SCHEME
from analyser.rulebook.cases import Case
from analyser.rulebook.scheme import load_scheme, scheme_names
from analyser.worked_cases import all_cases, check, kernel_cases
from tests.clauses.beside import differences

SCHEMES = {name: load_scheme(name) for name in scheme_names()}
CASES = [
    *((SCHEMES[DEFAULT_SCHEME], place, case) for place, case in kernel_cases()),
    *((scheme, place, case) for scheme in SCHEMES.values() for place, case in all_cases(scheme)),
]
PLACES: dict[tuple[str, str], list[Case]] = defaultdict(list)
for scheme, place, case in CASES:
    PLACES[scheme.name, place].append(case)


@pytest.mark.parametrize(("name", "place"), PLACES, ids=map("/".join, PLACES))
def test_cases(name: str, place: str) -> None:
    assert list(differences(PLACES[name, place], SCHEMES[name])) == []


@pytest.mark.parametrize("first", range(2))
def test_the_whole_scheme_says_the_same(first: int) -> None:
    """A case asks few rules only, which is quicker; of some all are asked."""
    for scheme, _, case in CASES[first * 18 :: 36]:
        assert check(case, scheme, is_whole=True) == [], (scheme.name, case.name)


def test_a_case_that_differs_in_company_is_told_with_its_name() -> None:
    """Neither the company nor the second look hides a case that does not hold."""
    cases = PLACES["ia-elearning", "kernel"][:6]
    wrong = replace(cases[3], expected={"credits": [{"credited_minutes": "7"}]})
    (sentence,) = differences([*cases[:3], wrong, *cases[4:]], SCHEMES["ia-elearning"])
    assert sentence.startswith(f"{wrong.name}: credits row 1: credited_minutes is ")


def test_names_are_unique_in_each_file() -> None:
    names = [(scheme.name, place, case.name) for scheme, place, case in CASES]
    assert sorted(names) == sorted(set(names))
