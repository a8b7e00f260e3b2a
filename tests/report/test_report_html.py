"""The inspection report: offline, escaped, in both languages, in the promised order."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from analyser.report import persons as persons_module
from analyser.report.inspection import share, write_inspection
from analyser.report.persons import placed

from .database import INFO, database
from .sample import FORMULA, OVERRIDE, SCRIPT, Row, at, credit, finding, iso, tables

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.results import Results

VOID = {"meta", "input", "br", "rect", "path", "line"}
SECTIONS = ("received", "policy", "totals", "findings", "coverage", "persons")


class Page(HTMLParser):
    """What stands on a page: elements with attributes, and the text shown."""

    def __init__(self, html: str) -> None:
        """Reads the page and checks that every element is closed where it should be."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element that is closed at once."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Checks the nesting."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Notes text."""
        if not self.open or self.open[-1] not in {"style", "script"}:
            self.text += data


def written(results: Results, folder: Path, language: str = "both", limit: int | None = None) -> str:
    """The report's HTML."""
    path = folder / "inspection_report.html"
    write_inspection(results, path, language=language, limit=limit, digest="d" * 64)
    return path.read_text("utf-8")


@pytest.fixture
def html(results: Results, tmp_path: Path) -> str:
    """The report of the sample in both languages."""
    return written(results, tmp_path)


def test_sections_come_in_order(html: str) -> None:
    """What was received comes before any participant is named."""
    ids = [attributes["id"] for tag, attributes in Page(html).elements if tag == "section"]
    assert ids == list(SECTIONS)


def test_nothing_comes_from_outside(html: str) -> None:
    """No element can load anything, and the page's own security policy forbids it."""
    for tag, attributes in Page(html).elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "form", "base"}
        assert not {"src", "srcset", "action", "data", "background", "style"} & set(attributes)
        assert str(attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


@pytest.mark.parametrize("tag", ["style", "script"])
def test_the_policy_admits_exactly_our_style_and_script(html: str, tag: str) -> None:
    """The hash in the policy is that of the one block there is."""
    (block,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
    assert f"{tag}-src 'sha256-{digest}'" in html


def test_names_are_shown_and_never_run(html: str) -> None:
    """A script in a name, a title or a case appears as text."""
    page = Page(html)
    assert SCRIPT not in html
    assert SCRIPT in page.text
    assert sum(tag == "script" for tag, _ in page.elements) == 1
    assert "<b>Ltd</b>" not in html
    assert FORMULA.split(",", maxsplit=1)[0] in page.text


def test_hidden_marks_are_made_visible(html: str) -> None:
    """A name cannot turn the text around it or hide control codes."""
    assert not set(OVERRIDE) & set(html) & {"\u202e", "\u202c", "\x1b"}
    assert "\\u202egnim" in Page(html).text


def test_both_languages_are_there(html: str) -> None:
    """Each text stands in both languages, with a switch that needs no script."""
    page = Page(html)
    assert "What was received" in page.text
    assert "收到的資料" in page.text
    picks = [a for tag, a in page.elements if tag == "input" and a.get("name") == "language"]
    assert [pick["id"] for pick in picks] == ["pick-en", "pick-zh"]


@pytest.mark.parametrize(("language", "there", "absent"), [
    ("en", "What was received", "收到的資料"),
    ("zh-Hant", "收到的資料", "What was received"),
])  # fmt: skip
def test_one_language_is_enough(
    results: Results, tmp_path: Path, language: str, there: str, absent: str
) -> None:
    """A report in one language has no switch and nothing of the other."""
    html = written(results, tmp_path, language)
    assert there in html
    assert absent not in html
    assert "pick-en" not in Page(html).text
    assert f'<html lang="{language}">' in html


def test_the_balance_is_said_in_one_sentence(html: str, tmp_path: Path) -> None:
    """Whether read = stored + duplicate + rejected is the first thing a reader learns."""
    assert "Every row is accounted for" in html
    rows = tables()
    rows["ingest"][0]["rows_stored"] -= 1
    page = Page(written(database(rows), tmp_path))
    assert "Rows are not accounted for in 1 of 2 files received: events.csv." in page.text


def test_policy_and_totals_are_printed(html: str) -> None:
    """Each policy value with its source; minutes by status; the three bases."""
    text = " ".join(Page(html).text.split())
    for name in INFO["policy"]:
        assert name in text
    assert "set for this case" in text
    assert "Participants whose minutes depend on the choice: 2." in text
    assert "Rows that do not: 1 (fragile)" in text


def test_a_code_nobody_described_shows_its_message(html: str) -> None:
    """A rule newer than the words is shown with its own sentence."""
    assert "The records show A_NEW_CODE." in html


def test_those_with_something_to_decide_come_first(html: str) -> None:
    """The order of sections is that of need, then of ids; the reader is told."""
    names = re.findall(r'<h3 id="p\d+-name"><bdi class="id">([^<]+)', html)
    assert names == ["@P3", "P002", "P005", "P001", "P004"]


def test_a_limit_is_said(results: Results, tmp_path: Path) -> None:
    """A report of some says so, and whom it shows."""
    html = written(results, tmp_path, limit=2)
    assert html.count('class="person"') == 2
    assert "2 of 5 participants are shown" in html


def test_many_days_and_rows_are_cut_with_a_word(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not on the page is counted, with the table that has it."""
    monkeypatch.setattr(persons_module, "DAYS_SHOWN", 1)
    monkeypatch.setattr(persons_module, "CARDS_SHOWN", 1)
    text = Page(written(results, tmp_path, "en")).text
    assert "3 more days are in the table intervals." in text
    assert "1 more credit rows" in text


def test_an_empty_case_makes_a_page(empty: Results, tmp_path: Path) -> None:
    """A case without anything says so plainly."""
    page = Page(written(empty, tmp_path))
    assert "No file was received." in page.text
    assert "Nobody's minutes depend on the choice." in page.text


def test_ids_are_unique_and_links_lead_somewhere(html: str) -> None:
    """Every jump has its target."""
    elements = Page(html).elements
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(a["href"])[1:] for tag, a in elements if tag == "a"}
    assert targets <= set(ids)


def test_tables_and_pictures_are_accessible(html: str) -> None:
    """Tables have captions and header cells with a scope; pictures say what they show."""
    page = Page(html)
    assert html.count("<caption>") == html.count("<table")
    assert all("scope" in attributes for tag, attributes in page.elements if tag == "th")
    pictures = [a for tag, a in page.elements if tag == "svg" and a.get("class")]
    assert pictures
    assert all(a["role"] == "img" and a["aria-label"] for a in pictures)


def test_repeated_completions_keep_their_own_findings() -> None:
    """A finding stands in the completion that was under way at its time."""
    first = credit("P001", "A1", "M1", "awarded", codes="SCORE_MISMATCH")
    later = {"started_at": iso(at(20, 9)), "codes": "REPEAT_NOT_COUNTED;SCORE_MISMATCH"}
    second = credit("P001", "A1", "M1", "not_earned", **later)
    findings = [
        finding(1, "SCORE_MISMATCH", "breach", "P001", at=iso(at(3, 10))),
        finding(2, "SCORE_MISMATCH", "breach", "P001", at=iso(at(20, 10))),
        finding(3, "MISSING_LOGOUT", "observation", "P001", activity_id=None, module_id=None),
    ]

    def ids(rows: list[Row]) -> list[str]:
        return [row["finding_id"] for row in rows]

    behind, others = placed([first, second], findings)
    assert [ids(rows) for rows in behind] == [["F00001"], ["F00002"]]
    assert ids(others) == ["F00003"]


@pytest.mark.parametrize(("as_of", "is_open"), [("2025-07-30", True), ("2025-07-31", False)])
def test_missing_hours_are_those_of_this_trail(tmp_path: Path, as_of: str, *, is_open: bool) -> None:
    """Other providers are told of, and so is a period whose last day is after the audit date."""
    policy = {"period.first_month": {"value": 8, "kind": "guideline", "unit": "", "clause": "1.3"}}
    results = database(info=INFO | {"as_of": as_of, "policy": policy})
    path = write_inspection(results, tmp_path / "r.html", language="both", limit=None, digest="0")
    text = path.read_text("utf-8")
    assert "missing in this trail" in text
    assert "本紀錄內不足" in text
    assert "hours missing" not in text
    assert text.index("What is earned with other providers") < text.index("missing in this trail</span>")
    assert ("The period 2024/25 ends on 2025-07-31, after the audit date." in text) == is_open
    assert ("評核期 2024/25 於 2025-07-31 完結" in text) == is_open


def test_a_note_stands_beside_the_verdict_on_a_period(tmp_path: Path) -> None:
    """Whom a reduced requirement may concern is told where hours are missing, and nobody else."""
    policy = {"period.first_month": {"value": 8, "kind": "guideline", "unit": "", "clause": "1.3"}}
    card = {"code": "NEWLY_LICENSED", "title": {"en": "A reduced one may apply", "zh": "或適用較低要求"}}
    more = {"clauses": [card], "policy": policy, "report": {"period_note": "NEWLY_LICENSED"}}
    nowhere = {"activity_id": None, "module_id": None, "at": "2025-01-15T00:00:00+08:00"}
    notes = [
        finding(8, "NEWLY_LICENSED", "observation", "P001", until="2025-07-31T00:00:00+08:00", **nowhere),
        finding(9, "NEWLY_LICENSED", "observation", "P002", until="2026-07-31T00:00:00+08:00", **nowhere),
    ]
    rows = tables()
    rows["findings"] += notes
    html = written(database(rows, INFO | more), tmp_path, "en")
    beside = re.findall(r'missing in this trail</span></span>(<small class="note">.*?</small>)?', html)
    assert [bool(note) for note in beside].count(True) == 1
    assert "A reduced one may apply</span> (<code>NEWLY_LICENSED</code>)" in "".join(beside)
    plain = written(database(rows, INFO | more | {"report": {}}), tmp_path, "en")
    assert 'class="note"' not in plain


def test_rates_are_told_with_what_they_are_counted_of(html: str, tmp_path: Path) -> None:
    """Counts of registered activities; what was not registered has no rates."""
    assert "How many enrolled is not in the records" in Page(html).text
    rows = tables()
    rows["credits"] = [
        credit("P001", "A1", "M1", "awarded"),
        credit("P001", "A1", "M2", "held", attempts=2, credited_minutes=30),
        credit("P002", "A1", "M1", "not_earned", credited_minutes=0, passed_at=None, attempts=2),
        credit("P004", "A2", None, "in_progress", completed_at=None, passed_at=None, attempts=0),
        credit("P005", "A9", None, "held", stated_minutes=None),
    ]
    shown = written(database(rows), tmp_path, "en")
    table = shown[shown.index('class="rates"') : shown.index('id="findings"')]
    cells = [
        re.findall(r'<td class="n">([^<]*)</td>', line) for line in table.split("</tr>") if "<td" in line
    ]
    assert cells == [
        ["2", "3 / 3 (100 %)", "1 / 3 (33.3 %)", "2 / 3 (66.7 %)", "1", "0.5"],
        ["1", "0 / 1 (0 %)", "–", "–", "0", "0"],
    ]


@pytest.mark.parametrize(("part", "whole", "shown"), [
    (0, 0, "–"), (0, 3, "0 / 3 (0 %)"), (1, 3, "1 / 3 (33.3 %)"), (2, 3, "2 / 3 (66.7 %)"),
    (1, 2000, "1 / 2,000 (0.1 %)"), (1, 2001, "1 / 2,001 (0 %)"), (3, 3, "3 / 3 (100 %)"),
])  # fmt: skip
def test_shares_are_rounded_to_the_nearest_tenth(part: int, whole: int, shown: str) -> None:
    """Whole numbers decide, halves go up."""
    assert share(part, whole) == shown
