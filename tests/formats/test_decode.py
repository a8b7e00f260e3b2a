"""Exports that are not UTF-8 text are read as they are; their lines keep their numbers."""

from __future__ import annotations

import datetime
import gzip
import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from analyser.errors import InputError
from analyser.ingest.records import NOT_UTF_8
from tests.hostile.test_archives import tarred, zipped

from .support import ledger, rejects, rows
from .test_moodle_log import dump
from .test_moodle_report import COLUMNS, EXPECTED, HEADER, LINES, report
from .tools import export, notes, short

if TYPE_CHECKING:
    from pathlib import Path


def workbook(*sheets: list[list[Any]]) -> bytes:
    """An XLSX file with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets):
        page = book.create_sheet(f"Sheet {number}")
        for row in sheet:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines() -> list[list[Any]]:
    head: list[list[Any]] = [list(HEADER)]
    return head + [[t, "Chan", "-", c, "System", e, d, o, "10.0.0.1"] for t, c, e, d, o in LINES]


def test_a_workbook_is_read_like_the_text(tmp_path: Path) -> None:
    audit = export(tmp_path, None, any__name=workbook(lines()))
    assert short(audit, *COLUMNS) == EXPECTED
    assert ledger(audit)[0][1:] == ("moodle-report", 5, 5, 0, 0)


def test_of_several_sheets_one_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    audit = export(tmp_path, None, x__xlsx=workbook([], lines(), [["more"]]))
    assert short(audit, *COLUMNS) == EXPECTED
    (told,) = [note for note in notes(audit) if "workbook" in note]
    assert "the sheet Sheet 1 was read" in told
    assert "Not read: Sheet 0, Sheet 2." in told


def test_rows_of_a_sheet_are_lines(tmp_path: Path) -> None:
    table = lines()
    table[3][6] = "broken\nin two"
    audit = export(tmp_path, None, x__xlsx=workbook([["Report"], [], *table[:2], [], *table[2:]]))
    # Names on row 3, an empty row 5: the broken line stands on row 7.
    assert [line for line, _ in rejects(audit)] == [7]
    assert ledger(audit)[0][2:] == (5, 4, 0, 1)


def test_dates_and_numbers_of_cells(tmp_path: Path) -> None:
    header = ["pk1", "event_type", "user_pk1", "course_pk1", "internal_handle", "timestamp", "session_id"]
    at = datetime.datetime(2026, 3, 1, 9, 0, 5)
    audit = export(tmp_path, None, x__xlsx=workbook([header, [1, "SESSION_INIT", 7, None, None, at, 5.0]]))
    assert short(audit, "at", "participant_id", "session_id") == [("2026-03-01 01:00:05", "7", "5")]


@pytest.mark.parametrize("name", ["x__zip", "x__tar__gz", "x__xlsx__gz"])
def test_a_workbook_in_an_archive_is_read_like_one_beside_it(tmp_path: Path, name: str) -> None:
    book = workbook(lines())
    packed = {
        "x__zip": zipped({"a/book.xlsx": book}),
        "x__tar__gz": tarred({"a/book.xlsx": book}, "w:gz"),
        "x__xlsx__gz": gzip.compress(book),
    }[name]
    audit = export(tmp_path, None, **{name: packed})
    assert short(audit, *COLUMNS) == EXPECTED
    assert ledger(audit)[0][1:] == ("moodle-report", 5, 5, 0, 0)
    assert "Of the workbook the sheet Sheet 0 was read; its rows are the lines." in notes(audit)
    # The same archive again adds nothing.
    audit.ingest([tmp_path / "case"])
    assert len(rows(audit)) == 5


@pytest.mark.parametrize("cut", [400, -400])
def test_a_damaged_workbook_in_an_archive_is_one_sentence(tmp_path: Path, cut: int) -> None:
    with pytest.raises(InputError) as error:
        export(tmp_path, None, x__zip=zipped({"book.xlsx": workbook(lines())[:cut]}))
    assert str(error.value).startswith("exports/x.zip/book.xlsx: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("cut", [40, 400, -400, -30])
def test_a_damaged_workbook_is_one_sentence(tmp_path: Path, cut: int) -> None:
    with pytest.raises(InputError) as error:
        export(tmp_path, None, x__xlsx=workbook(lines())[:cut])
    assert str(error.value).startswith("exports/x.xlsx: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_utf_16_in_every_form(tmp_path: Path, encoding: str, end: str) -> None:
    text = report(name="陳大文 😀").replace("\n", end)
    audit = export(tmp_path, None, x__csv=text.encode(encoding))
    assert short(audit, *COLUMNS) == EXPECTED


def test_the_hash_is_that_of_the_file_handed_over(tmp_path: Path) -> None:
    import hashlib

    data = report().encode("utf-16")
    audit = export(tmp_path, None, x__csv=data)
    found = audit.connection.execute("SELECT sha256, bytes FROM source_file").fetchall()
    assert found == [(hashlib.sha256(data).hexdigest(), len(data))]
    # The same file again adds nothing.
    audit.ingest([tmp_path / "case"])
    assert len(rows(audit)) == 5


def test_half_a_sign_at_the_end(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read to its end"):
        export(tmp_path, None, x__csv=report().encode("utf-16") + b"x")


def test_a_lone_half_of_a_pair_spoils_its_line_only(tmp_path: Path) -> None:
    log = dump({"eventname": r"\core\event\course_viewed"}, {"eventname": "HERE"})
    data = log.encode("utf-16-le").replace("HERE".encode("utf-16-le"), b"\x00\xd8")
    audit = export(tmp_path, None, x__csv=b"\xff\xfe" + data)
    assert rejects(audit) == [(3, NOT_UTF_8)]


def test_tables_of_a_case_must_be_utf_8(tmp_path: Path) -> None:
    table = "activity_id,approved_minutes\nA,30\n".encode("utf-16")
    with pytest.raises(InputError, match="UTF-16; save it as UTF-8"):
        export(tmp_path, None, x__csv=report(), case_activities__csv=table)
