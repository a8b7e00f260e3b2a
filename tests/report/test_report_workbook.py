"""The workbook: every sheet, nothing that runs, and a clear word where it is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from analyser.report import workbook
from analyser.report.inspection import write_inspection
from analyser.report.workbook import LONGEST_CELL, SHEETS, cell_text, write_workbook
from analyser.schema.results import RESULTS

from .database import database
from .sample import FORMULA, OVERRIDE, tables

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from analyser.results import Results


def written(results: Results, folder: Path, language: str = "both") -> Workbook:
    """The workbook of the results, read back."""
    path = write_workbook(results, folder / "w.xlsx", language=language, digest="0" * 64)
    return openpyxl.load_workbook(path)


def test_every_table_has_a_sheet(results: Results, tmp_path: Path) -> None:
    """Each sheet has a two-language header row that stays in view and can be filtered."""
    book = written(results, tmp_path)
    assert book.sheetnames == ["Summary", *(name.capitalize() for name in SHEETS)]
    for name in SHEETS:
        sheet = book[name.capitalize()]
        assert sheet.max_column == len(RESULTS[name].columns)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["Credits"]["A1"].value == "Participant\n參加者"


def test_values_are_what_they_are(results: Results, tmp_path: Path) -> None:
    """Numbers are numbers, truths are truths, a status has its colour."""
    sheet = written(results, tmp_path)["Credits"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 6
    held = next(row for row in rows if row[0] == "P002")
    assert held[5:7] == ("held", 60)
    assert held[24] is True
    fills = {cell.value: cell.fill.fgColor.rgb for cell in sheet["F"][1:]}
    assert len(set(fills.values())) == len(fills)


def test_nothing_runs_as_a_formula(results: Results, tmp_path: Path) -> None:
    """No cell is a formula or a link, and risky text starts with an apostrophe."""
    book = written(results, tmp_path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not str(cell.value or "").startswith(("=", "+", "@", "\t", "\r"))
    assert book["Rejects"]["E2"].value.startswith("'-1+2,=HYPERLINK")


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@x", "\tx", "\rx"])
def test_risky_text_gets_an_apostrophe(text: str) -> None:
    """The same rule as in the CSV files."""
    assert cell_text(text) == f"'{text}"


def test_cells_can_hold_their_text() -> None:
    """Text is cut to what a cell holds, without codes that a workbook cannot hold."""
    assert len(cell_text("x" * 50_000)) == LONGEST_CELL + 1
    assert "\x1b" not in cell_text(OVERRIDE)
    assert cell_text("\x00=1") == "'=1"


def test_markup_stays_text(tmp_path: Path) -> None:
    """A value that looks like the sheet's own markup is shown as it is, and spoils no sheet."""
    rows = tables()
    rows["rejects"][0]["raw"] = "<r></row><b>x</r>"
    sheet = written(database(rows), tmp_path)["Rejects"]
    assert "'<r></row><b>x</r>" in {cell.value for cell in sheet["E"]}


def test_a_long_table_is_cut_with_a_word(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sheet and the summary both say how much is missing and where all of it is."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    book = written(results, tmp_path, "en")
    sheet = book["Credits"]
    note = "Only the first 2 of 6 rows are on this sheet; the whole table is in credits.csv."
    assert sheet["A1"].value == note
    assert sheet["A2"].value == "Participant"
    assert sheet.max_row == 4
    assert sheet.freeze_panes == "B3"
    assert note in {cell.value for cell in book["Summary"]["A"]}
    assert book["Coverage"].max_row == 3


def test_an_empty_case_has_all_sheets(empty: Results, tmp_path: Path) -> None:
    """A case in which nothing happened makes a workbook that opens."""
    book = written(empty, tmp_path, "zh-Hant")
    assert len(book.sheetnames) == len(SHEETS) + 1
    assert book["Credits"]["A1"].value == "參加者"


def test_the_same_results_make_the_same_file(results: Results, tmp_path: Path) -> None:
    """Nothing in the file depends on when it was written."""
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(results, tmp_path / name, language="en", digest="0" * 64)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("language", "subject", "why"),
    [
        ("en", "credit row", "no automatic logout in the register"),
        ("zh-Hant", "時數紀錄", "登記冊沒有自動登出設定"),
        ("both", "credit row / 時數紀錄", "no automatic logout in the register / 登記冊沒有自動登出設定"),
    ],
)
def test_coverage_speaks_the_language_of_the_workbook(
    results: Results, tmp_path: Path, language: str, subject: str, why: str
) -> None:
    """Whom a rule asks and why it could not; a word of a scheme's own stands as it is."""
    results.rows("UPDATE coverage SET why = 'no automatic logout in the register' WHERE why IS NOT NULL")
    sheet = written(results, tmp_path, language)["Coverage"]
    rows = [row for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
    assert subject in {row[2] for row in rows}
    assert "participant" in {row[2] for row in rows}
    assert why in {row[-1] for row in rows}


@pytest.mark.parametrize(
    ("language", "told"), [("en", "timestamp is negative"), ("zh-Hant", "timestamp 為負數")]
)
def test_rejects_speak_the_language_of_report_and_workbook(
    results: Results, tmp_path: Path, language: str, told: str
) -> None:
    """Why a row could not be used, after the name of its column; the CSV keeps the reason as it is."""
    results.rows("UPDATE rejects SET reason = 'timestamp is negative'")
    sheet = written(results, tmp_path, language)["Rejects"]
    assert {row[3] for row in sheet.iter_rows(min_row=2, values_only=True)} == {told}
    page = write_inspection(results, tmp_path / "x.html", language=language, limit=None, digest="0")
    assert told in page.read_text("utf-8")
