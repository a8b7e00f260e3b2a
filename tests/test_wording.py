"""Sentences of findings: one hour is no "1 hours", what is not there is not named, texts keep to a line."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

import analyser
from analyser.cli.output import where_to_read
from analyser.rulebook.wording import sentence


def told(template: str, language: str = "en", **cells: object) -> str:
    """The sentence of a finding with these cells."""
    row = dict.fromkeys(("value", "limit_value", "the_module_id", "the_activity_id")) | cells
    names = ", ".join(f"? AS {name}" for name in row)
    query = f"SELECT {sentence(template, {}, language)} FROM (SELECT {names})"
    ((text,),) = duckdb.connect().execute(query, list(row.values())).fetchall()
    return str(text)


@pytest.mark.parametrize(
    ("value", "words"),
    [("1", "1 hour of"), ("0.5", "0.5 hours of"), ("1.001", "1.001 hours of"), (None, "- hours of")],
)
def test_one_is_singular(value: str | None, words: str) -> None:
    """Just under, on and over one; an unknown number is many."""
    query = sentence("For {value} hours of it's time.", {}, "en")
    cell = "NULL" if value is None else value
    text = duckdb.connect().execute(f"SELECT {query} FROM (SELECT {cell}::DECIMAL(18,3) AS value)").fetchall()
    assert text == [(f"For {words} it's time.",)]


def test_one_question_is_one() -> None:
    """A retake that had "1 questions" is read twice."""
    assert [told("It had {value} questions new.", value=f"{number}.000") for number in range(3)] == [
        "It had 0 questions new.",
        "It had 1 question new.",
        "It had 2 questions new.",
    ]


@pytest.mark.parametrize(
    ("language", "template", "without"),
    [
        ("en", "Of activity {activity_id}, module {module_id} nothing.", "Of activity A nothing."),
        ("zh", "活動 {activity_id}、單元 {module_id} 沒有。", "活動 A 沒有。"),
    ],
)
def test_an_activity_without_modules_names_none(language: str, template: str, without: str) -> None:
    """The words around the module go with it; elsewhere an empty slot is still a dash."""
    assert told(template, language, the_activity_id="A") == without
    whole = told(template, language, the_activity_id="A", the_module_id="M1")
    assert whole == template.format(activity_id="A", module_id="M1")
    assert told("The claim for {module_id} is late.", language) == "The claim for - is late."


def test_no_space_stands_before_the_chinese_of_an_instant() -> None:
    """The zone comes first and is Chinese; what is no instant keeps its space."""
    cells = {"at": "2026-03-03T12:50:45+08:00", "attempt_id": "T1"}
    assert told("於 {at} 完成。", "zh", **cells) == "於香港時間 2026-03-03 12:50:45 完成。"
    assert told("考核 {attempt_id} 於 {at}。", "zh", **cells) == "考核 T1 於香港時間 2026-03-03 12:50:45。"
    assert told("At {at}, {attempt_id}.", "en", **cells) == "At 2026-03-03 12:50:45 HKT, T1."


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Read q3/inspection_report.html in a browser."),
        ("both", "Read q3/inspection_report.html in a browser."),
        ("zh-Hant", "請以瀏覽器閱讀 q3/inspection_report.html。"),
    ],
)
def test_the_last_line_is_in_the_language_asked_for(language: str, line: str) -> None:
    """As the lines above it: Chinese where Chinese alone was asked for."""
    assert where_to_read(Path("q3"), language, "read") == line


def _said(template: str, columns: str, language: str = "en") -> str:
    query = f"SELECT {sentence(template, {}, language)} FROM (SELECT {columns})"
    ((said,),) = duckdb.connect().execute(query).fetchall()
    return str(said)


@pytest.mark.parametrize(("length", "end"), [(119, "xx."), (120, "xx."), (121, "x ....")])
def test_a_long_text_is_cut(length: int, end: str) -> None:
    said = _said("<{texts.title}>.", f"map {{'title': repeat('x', {length})}} AS texts").replace(">", "")
    assert said.endswith(end)
    assert said.count("x") == min(length, 120)


def test_a_text_keeps_to_its_line() -> None:
    assert (
        _said("{texts.title}!", "map {'title': 'a' || chr(10) || chr(8238) || chr(27) || 'b'} AS texts")
        == "a b!"
    )


def test_a_text_that_is_not_there_is_a_dash() -> None:
    assert _said("{texts.title}", "NULL::MAP(VARCHAR, VARCHAR) AS texts") == "-"
    assert _said("{texts.other}", "map {'title': 'a'} AS texts") == "-"


def test_a_session_has_one_word_in_chinese() -> None:
    """It is 時段; 登入 is the login alone, so that no reader looks for two things."""
    second_word = re.compile("次登入|登入編號|的登入[，。沒]|同一登入|任何登入")
    texts = [
        (path, line)
        for path in Path(analyser.__file__).parent.rglob("*.toml")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert any("時段" in line for _, line in texts)
    assert [(path.parent.name, line) for path, line in texts if second_word.search(line)] == []


def test_no_number_of_hours_is_followed_by_a_plural_verb() -> None:
    """Sentences must hold for 1 hour as for 2: "1 h were" is none."""
    plural = re.compile(r"(value|limit_value|texts\.\w+)\} (h|hours?|minutes?|points?) (were|are|have)\b")
    lines = [
        line
        for path in Path(analyser.__file__).parent.glob("schemes/**/*.toml")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert [line for line in lines if plural.search(line)] == []
