"""The words: complete in both languages, and never an accusation."""

from __future__ import annotations

import re
import string
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

import analyser.report
from analyser.ingest.project import MISSING, NEGATIVE, UNREADABLE, describe_fault
from analyser.ingest.records import NOT_UTF_8
from analyser.report.text import clock, humanised, moment, number, plain, shortened
from analyser.report.words import Words
from analyser.rulebook.scheme import load_scheme, scheme_names
from analyser.schema.inputs import INPUTS
from analyser.schema.results import RESULTS

FOLDER = Path(analyser.report.__file__).parent
TEXTS = {
    f"{group}.{name}": text
    for group, entries in tomllib.loads((FOLDER / "words.toml").read_text("utf-8")).items()
    for name, text in entries.items()
}
ACCUSING = re.compile(
    r"cheat|fraud|guilty|dishonest|suspect|offen[cd]|作弊|舞弊|欺詐|違規者|嫌疑", re.IGNORECASE
)


def places(text: str) -> set[str]:
    """Names of the places in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(TEXTS))
def test_each_text_is_whole(key: str) -> None:
    """Both languages say something, with the same places for data, and accuse nobody."""
    text = TEXTS[key]
    assert set(text) == {"en", "zh"}
    assert text["en"].strip()
    assert text["zh"].strip()
    assert places(text["en"]) == places(text["zh"])
    assert not ACCUSING.search(text["en"] + text["zh"])


@pytest.mark.parametrize("table", sorted(RESULTS))
def test_each_column_has_a_heading(table: str) -> None:
    """The workbook and the report can name every column."""
    assert [name for name in RESULTS[table].names if f"column.{name}" not in TEXTS] == []


def test_each_word_used_exists() -> None:
    """No template or module asks for a text that is not there."""
    call = re.compile(r"""(?:\bt|plain_text|words\.(?:plain|html|texts))\(\s*["']([\w.]*\w)["'][,)\s]""")
    files = [*FOLDER.glob("*.py"), *FOLDER.glob("templates/*.j2")]
    used = {key for file in files for key in call.findall(file.read_text("utf-8"))}
    assert used
    assert sorted(key for key in used if key not in TEXTS) == []


def test_why_a_row_could_not_be_used_is_known_in_chinese() -> None:
    """Each reason that a cell may get, and what to do, with the name of its column before it."""
    words = Words("zh-Hant")
    faults = [
        describe_fault(table, number * 8 + fault)
        for table in INPUTS.values()
        for number, column in enumerate(table.columns, start=1)
        for fault in ((MISSING,) if column.kind == "text" else (MISSING, UNREADABLE, NEGATIVE))
    ]
    for column, reason in faults:
        told = words.rejected(column, reason)["zh-Hant"]
        assert told.startswith(f"{column} ")
        assert re.search("[一-鿿]", told.removeprefix(f"{column} "))
        assert Words("en").rejected(column, reason) == {"en": reason}
    assert re.search("請以 UTF-8 儲存", words.rejected("", NOT_UTF_8)["zh-Hant"])
    assert words.rejected("", "has 3 cells where the header has 9")["zh-Hant"].startswith("has 3 cells")


def test_templates_accuse_nobody() -> None:
    """Nor does anything written outside the file of words."""
    for file in [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.j2"), *FOLDER.rglob("*.sql")]:
        assert not ACCUSING.search(file.read_text("utf-8")), file.name


def test_data_in_a_text_is_escaped() -> None:
    """A value is shown, whatever it holds."""
    html = Words("en").html("why.not_assessable", code="<b>", why="{x}\x1b")
    assert html == '<span lang="en">&lt;b&gt; could not be assessed: {x}\\x1b.</span>'


def test_a_value_may_differ_by_language() -> None:
    """A word of a closed list is filled in each language's own words."""
    words = Words("both")
    texts = words.texts("totals.basis_in_force", name=words.named("basis", "floor"))
    assert texts == {
        "en": "In force in this run: Minimum time as a floor.",
        "zh-Hant": "本次採用：以最少學習時數為門檻。",
    }


def test_names_are_listed_as_each_language_does() -> None:
    """A comma and a space, or 、 alone; what a file holds is made harmless."""
    assert Words("both").listed(["pin", "otp_sms", "a\nb"]) == {
        "en": "pin, otp_sms, a\\x0ab",
        "zh-Hant": "pin、otp_sms、a\\x0ab",
    }


@pytest.mark.parametrize(("told", "chinese"), [
    ("as written", "按原文所載"),
    ("Asia/Hong_Kong assumed, rows: 4576", "當作香港時間（4576 行）"),
    ("UTC\nassumed, rows: 4576", "UTC\\x0aassumed, rows: 4576"),
])  # fmt: skip
def test_how_times_were_read_is_known_in_chinese(told: str, chinese: str) -> None:
    """The two ways of ingest.sql; anything else stands as it is."""
    assert Words("zh-Hant").zone(told) == {"zh-Hant": chinese}
    assert Words("en").zone("Asia/Hong_Kong assumed, rows: 1") == {"en": "Asia/Hong_Kong assumed, rows: 1"}


@pytest.mark.parametrize("scheme", scheme_names())
def test_a_scheme_has_words_for_what_it_shows(scheme: str) -> None:
    """Units of its policy, its facts, and the columns it alone has."""
    loaded = load_scheme(scheme)
    words = Words("both", loaded.report.get("words"))
    units = {value.unit for value in loaded.policy.values() if re.search("[a-z]{2}|\\$", value.unit)}
    assert [unit for unit in units if f"unit.{unit}" not in words] == []
    shown = {*loaded.report.get("facts", ()), loaded.report["credit"], loaded.report["approved"]}
    shown |= {column.name for columns in loaded.columns.values() for column in columns}
    assert [name for name in sorted(shown) if f"column.{name}" not in words] == []
    for group, entries in loaded.report.get("words", {}).items():
        for name, text in entries.items():
            usual = TEXTS.get(f"{group}.{name}", text)
            assert places(text["en"]) <= places(usual["en"]), f"{group}.{name}"


def test_a_word_nobody_described_is_shown_as_it_is() -> None:
    """A new status or code is readable without an entry."""
    assert Words("en").named("status", "NEW_STATE") == {"en": "new state"}
    assert humanised("A_B") == "a b"


@pytest.mark.parametrize(("value", "shown"), [
    (None, ""), ("plain", "plain"), ("陳大文", "陳大文"), ("a\x1b[0m", "a\\x1b[0m"),
    ("\u202eevil", "\\u202eevil"), ("zero\u200bwidth", "zero\\u200bwidth"), ("a\nb", "a\\x0ab"),
    ("\u2028", "\\u2028"), (12, "12"),
])  # fmt: skip
def test_plain_hides_nothing(value: object, shown: str) -> None:
    """Control, direction and invisible marks are made visible."""
    assert plain(value) == shown


def test_how_values_look() -> None:
    """Durations, instants and numbers as a reader expects them."""
    assert clock(3930) == "1:05:30"
    assert clock(None) == "–"
    assert moment("2025-03-03T09:00:00.5+08:00") == "2025-03-03 09:00:00"
    assert moment(None) == "–"
    assert number(Decimal("1234.500000")) == "1,234.5"
    assert number(Decimal("100")) == "100"
    assert number(-3) == "−3"
    assert number(None) == "–"
    assert shortened("x" * 9, 4) == "xxx…"
