"""Every paragraph of each source is accounted for, once: by rules, a figure, another paragraph, or people."""

import re
from pathlib import Path

import pytest

import analyser
from analyser.errors import PolicyError
from analyser.rulebook.guideline import load_guideline, numbers_of
from analyser.rulebook.scheme import Scheme, load_scheme, scheme_names

SCHEMES = {name: load_scheme(name) for name in scheme_names()}
SOURCES = Path(__file__).resolve().parents[2].parent / "shared" / "guideline"
HAN = re.compile(r"[\u4e00-\u9fff]")


def counted(last: dict[str, int]) -> list[str]:
    """The numbers of paragraphs: ``{"1": 2}`` is 1.1 and 1.2."""
    return [f"{stem}.{number}" for stem, most in last.items() for number in range(1, most + 1)]


# How many paragraphs each chapter or section of the source has, counted in it by hand.
NUMBERS = {
    "ia-elearning": counted({"1": 10, "2": 53, "3": 16, "4": 6, "5": 6, "6": 8, "7": 3}),
    "eaa-2012": [
        *counted({"1": 4, "2.1": 4, "2.2": 2, "2.3": 2, "2.4": 6, "2.5": 2}),
        *counted({"3": 6, "4": 3, "5": 1, "6.1": 6, "6.2": 5, "6.3": 2}),
        *("A1", "A2"),
    ],
    "eaa-2021": ["N1", "N2", "N3", "N4", "C2", "C3", "D", "E"],
    "recognised-qualifications": ["RPL", "VM", "EC", "NL", "QR"],
}
FILES = {"ia-elearning": "ia_elearning_v1.6_2024-06_zh.txt", "eaa-2012": "eaa_cpd_2012-01_zh.txt"}


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_each_paragraph_stands_exactly_once_and_in_order(scheme: Scheme) -> None:
    assert [number for entry in scheme.guideline for number in entry.numbers] == NUMBERS[scheme.name]


@pytest.mark.parametrize("name", FILES)
def test_the_count_is_that_of_the_source(name: str) -> None:
    if not (SOURCES / FILES[name]).is_file():
        pytest.skip("the sources are not at hand")
    text = (SOURCES / FILES[name]).read_text(encoding="utf-8")
    begun = re.findall(r"^[-#\s*]*(\d+(?:\.\d+)+)\*{0,2}\s", text, re.MULTILINE)
    sections = {number.rpartition(".")[0] for number in begun}
    paragraphs = {number for number in begun if number not in sections}
    assert paragraphs == {number for number in NUMBERS[name] if "." in number}


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_each_rule_is_found_under_its_paragraph(scheme: Scheme) -> None:
    told = {(number, code) for entry in scheme.guideline for number in entry.numbers for code in entry.codes}
    assert {(clause.clause, clause.code) for clause in scheme.clauses} <= told
    assert sum(len(entry.codes) for entry in scheme.guideline) == len(scheme.clauses)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_each_entry_speaks_both_languages(scheme: Scheme) -> None:
    for entry in scheme.guideline:
        for texts in (entry.asks, entry.figure, entry.people):
            assert set(texts) in ({"en", "zh"}, set()), entry.no
            assert not texts or (HAN.search(texts["zh"]) and not HAN.search(texts["en"])), entry.no


def test_what_the_sources_do_not_give_is_said_plainly() -> None:
    told = {
        number: entry.people.get("en", "") + entry.asks["en"]
        for scheme in SCHEMES.values()
        for entry in scheme.guideline
        for number in entry.numbers
    }
    assert "table not found" in told["1.3"]
    assert "table not found" in told["D"]
    assert "figures unknown" in told["EC"]
    assert "was not at hand" in told["1.5"]


@pytest.mark.parametrize(("no", "numbers"), [
    ("2.9", ("2.9",)), ("2.9-2.11", ("2.9", "2.10", "2.11")), ("6.2.1-6.2.2", ("6.2.1", "6.2.2")),
    ("A2", ("A2",)), ("RPL", ("RPL",)), ("2.9-3.1", ()), ("2.11-2.9", ()), ("2.9-2.9", ()), ("", ()),
    ("2.x", ()), ("2.9-x", ()), ("A1-A2", ()),
])  # fmt: skip
def test_ranges_are_of_one_section_and_run_upwards(no: str, numbers: tuple[str, ...]) -> None:
    assert numbers_of(no) == numbers


@pytest.mark.parametrize(("old", "new", "fault"), [
    ('no = "2.9"', 'no = "2.8-2.9"', "2.8: stands in 2 entries"),
    ('no = "2.27"', 'no = "8.1"', "8.1: says rules and has none; 2.27: has rules and no entry"),
    ('no = "2.27"', 'no = "2.27-3.1"', "2.27-3.1: is no number or range"),
    ('see = ["2.8"]', 'see = ["9.9"]', "2.9: leads to 9.9, which is not there"),
    ('people = "judgement"', 'people = "none"', "2.6-2.7: people is not there in both languages"),
    ('people = "provider"', "", "2.3-2.4: says none of rules, figure, see, people, nothing"),
    ('people = "provider"', "rules = true", "2.3-2.4: says rules and has none"),
    ("rules = true", 'see = ["2.8"]', "1.3: has rules and does not say so"),
    ("nothing = true", 'nothing = true\npeople = "council"', "1.1: asks nothing and is answered"),
    ("nothing = true", "nothing = true\nrule = 1", "1.1: unknown key rule"),
    ('zh = "介紹本指引。"', 'zh = ""', "1.1: asks is not there in both languages"),
    ("[[paragraph]]", "[[paragraph", "not valid TOML"),
])  # fmt: skip
def test_a_faulty_file_is_refused_with_what_is_wrong(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = (Path(analyser.__file__).parent / "schemes/ia_elearning/guideline.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "guideline.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError, match=re.escape(fault)):
        load_guideline(path, SCHEMES["ia-elearning"].clauses)


def test_a_scheme_without_the_file_has_no_paragraphs(tmp_path: Path) -> None:
    assert load_guideline(tmp_path / "guideline.toml", []) == []
