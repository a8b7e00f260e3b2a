"""The explanation: complete, in both languages, harmless to a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from analyser.errors import AnalyserError
from analyser.report import explain

from .database import database
from .sample import OVERRIDE, credit, tables

if TYPE_CHECKING:
    from analyser.results import Results


def test_it_gives_verdict_clauses_intervals_and_lines(results: Results) -> None:
    """The verdict, each clause with its figures, what was taken off and where it is written."""
    text = explain(results, "P002", "A1", "M1")
    assert "VERDICT: held until a person decides. Minutes: 60 (approved: 60)." in text
    for clause in (
        "1.8, 2.46",
        "2.11, 2.24",
        "2.32",
        "2.13, 2.14",
        "2.10",
        "2.12",
        "2.27–2.31",
        "1.3",
    ):
        assert f" {clause} " in text
    assert "the approval EL-001, 2024-08-01 to" in text
    assert "2025-03-03 12:42:00 – 12:54:30   0:12:30  Idle         events.csv:10;events.csv:20" in text
    assert "2025-03-03 13:14:30 – 13:29:30   0:15:00  Assessment" in text
    assert "Measured: 412.5, held against 300" in text
    assert "Source lines: events.csv:12;events.csv:15" in text
    assert "Honest explanations to rule out first" in text


def test_a_refused_row_says_which_condition_fails(results: Results) -> None:
    """Too little active time is the one condition that is not met."""
    text = explain(results, "@P3")
    marks = [line.strip() for line in text.splitlines() if "[not met]" in line]
    assert len(marks) == 1
    assert "Whole units of 30 minutes: 0" in marks[0]


def test_an_unregistered_row_is_argued_no_further(results: Results) -> None:
    """Nothing is said of rules that were not applied."""
    text = explain(results, "P005")
    assert "[held]     1.8" in text
    assert "[met]" not in text


def test_fragile_rows_say_so(results: Results) -> None:
    """The reader learns that another reading of idle time would change the verdict."""
    assert "(fragile)" in explain(results, "P001", "A1", "M2")
    assert "(robust)" in explain(results, "P001", "A1", "M1")


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["VERDICT"]), ("zh-Hant", ["結論"]), ("both", ["VERDICT", "結論"]),
])  # fmt: skip
def test_languages(results: Results, language: str, words: list[str]) -> None:
    """One language, or both side by side."""
    text = explain(results, "P001", language=language)
    assert all(word in text for word in words)


def test_an_unknown_language_is_named(results: Results) -> None:
    """A wrong language is said to be wrong, with what to choose."""
    with pytest.raises(AnalyserError, match="choose en, zh-Hant, both"):
        explain(results, "P001", language="fr")


def test_no_control_code_reaches_the_terminal(results: Results) -> None:
    """Whatever a name or a file holds, a terminal shows it and does not obey it."""
    results.rows("UPDATE intervals SET evidence = chr(27) || '[2J' || chr(8) || chr(155)")
    results.rows("UPDATE findings SET message = 'a' || chr(7) || 'b', code = code")
    text = explain(results, "@P3") + explain(results, "P002")
    assert not {char for char in text if char < " " and char != "\n"}
    assert not set("\x7f\x9b\u202e\u202c") & set(text)
    assert OVERRIDE not in text
    assert "\\x1b[31mred" in text
    assert "a\\x07b" in text


def test_an_unknown_participant_is_a_sentence(results: Results) -> None:
    """The error repeats what was typed, made harmless, and says what to do."""
    with pytest.raises(AnalyserError, match=r"no participant 'P9\\\\x1b\[31m'.*Check the spelling"):
        explain(results, "P9\x1b[31m")


def test_an_unknown_course_is_a_sentence(results: Results) -> None:
    """The error says what there is instead."""
    with pytest.raises(AnalyserError, match=r"no credit row for 'A7'.*for: A1 M1; A1 M2"):
        explain(results, "P001", "A7")


def test_a_participant_without_credit_rows_is_known() -> None:
    """Somebody who has only findings gets them."""
    rows = tables() | {"credits": []}
    text = explain(database(rows), "P004")
    assert "Credit rows shown: 0" in text
    assert "MISSING_LOGOUT" in text


def test_it_works_without_registers() -> None:
    """A case without registers is explained with the ids alone."""
    text = explain(database(has_registers=False, has_marks=False), "P001", "A1", "M1")
    assert "A1 · M1" in text
    assert "Conduct" not in text


def test_figures_that_a_scheme_lacks_are_passed_over() -> None:
    """An attendance scheme has no idle time and gets no line about it."""
    row = credit("P001", "A1", "M1", "awarded")
    missing = ("login_s", "active_s", "evidenced_minutes", "completion_minutes", "robust")
    text = explain(database({"credits": [row | dict.fromkeys(missing)]}), "P001")
    assert "2.13, 2.14" not in text
    assert "VERDICT: awarded" in text
