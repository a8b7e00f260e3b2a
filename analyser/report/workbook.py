"""The workbook: the result tables for people who work in a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analyser.report.files import whole
from analyser.report.query import ask, columns, quoted
from analyser.report.shape import shape_of
from analyser.report.tables import RISKY_STARTS, order_of
from analyser.report.words import Words

if TYPE_CHECKING:
    from pathlib import Path

    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from analyser.results import Results

FILE = "workbook.xlsx"
SHEETS = ("credits", "findings", "periods", "coverage", "ingest", "rejects")
MOST_ROWS = 10_000
LONGEST_CELL = 32_000  # a cell holds 32,767 characters
# The writer takes a text that begins like this for a rich one, and copies it unescaped into the sheet.
RICH_START = "<r>"
NARROW, NORMAL, WIDE = 11, 18, 48
WIDE_COLUMNS = frozenset(
    {
        "message",
        "message_zh",
        "benign",
        "evidence",
        "codes",
        "why",
        "raw",
        "reason",
        "sha256",
        "file",
    }
)
FILLS = {
    "awarded": "#E7F3EE", "held": "#FDF3DC", "not_earned": "#FBEAE4", "in_progress": "#ECEFF1",
    "breach": "#FBEAE4", "indicator": "#FDF3DC", "observation": "#ECEFF1",
}  # fmt: skip


def write_workbook(results: Results, path: Path, *, language: str, digest: str) -> Path:
    """Writes the workbook and returns its path; memory stays small however long the tables are.

    Args:
        results: the assessed database.
        path: the file to write.
        language: language of the header rows, ``en``, ``zh-Hant`` or ``both``.
        digest: the digest of the results.
    """
    import xlsxwriter

    words = Words(language, shape_of(results.info).words)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with whole(path) as part, xlsxwriter.Workbook(str(part), options) as book:
        book.set_properties({"title": words.plain("page.title"), "created": _created(results)})
        styles = _styles(book)
        _write_summary(book, results, words, styles, digest)
        for name in SHEETS:
            _write_sheet(book, results, words, styles, name)
        _write_guideline(book, results.info.get("guideline") or [], words, styles)
    return path


def _created(results: Results) -> datetime:
    """The run's own time, so that the same results give the same file."""
    try:
        return datetime.fromisoformat(str(results.info.get("assessed_at"))).replace(tzinfo=None)
    except ValueError:
        return datetime(2000, 1, 1)


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"valign": "top", "font_name": "Calibri", "font_size": 10}
    head = base | {"bold": True, "text_wrap": True, "bg_color": "#0B4F7A", "font_color": "#FFFFFF"}
    styles = {
        "cell": book.add_format(base),
        "head": book.add_format(head),
        "bold": book.add_format(base | {"bold": True}),
        "note": book.add_format(base | {"italic": True, "font_color": "#8A5A00"}),
        "title": book.add_format(base | {"bold": True, "font_size": 16}),
    }
    return styles | {
        name: book.add_format(base | {"bg_color": fill, "bold": True}) for name, fill in FILLS.items()
    }


def _size(results: Results, name: str) -> int:
    return int(ask(results, "digest_size", relation=name)[0]["size"])


def _write_summary(
    book: xlsxwriter.Workbook,
    results: Results,
    words: Words,
    styles: dict[str, Format],
    digest: str,
) -> None:
    sheet = book.add_worksheet(words.texts("sheet.summary")[words.languages[0]])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    info = results.info
    shape = shape_of(info)
    _put(sheet, 0, 0, words.plain("page.title"), styles["title"])
    facts = [
        (words.plain("page.case"), info.get("case")),
        (words.plain("page.scheme"), info.get("scheme")),
        (words.plain("page.as_of"), info.get("as_of")),
        (words.plain("page.assessed_at"), info.get("assessed_at")),
        (words.plain("page.digest"), digest),
    ]
    facts += [
        (
            words.plain(f"status.{row['status']}") if f"status.{row['status']}" in words else row["status"],
            f"{row['credit_rows']} ({row['minutes']} {words.plain(shape.unit)})",
        )
        for row in ask(results, "status_totals", credit=quoted(shape.credit))
    ]
    for place, (key, value) in enumerate(facts, 2):
        _put(sheet, place, 0, key, styles["bold"])
        _put(sheet, place, 1, value, styles["cell"])
    row = len(facts) + 3
    notes = [words.plain("page.caution"), words.plain("sheet.file_note")]
    for name in SHEETS:
        rows = _size(results, name)
        notes.append(words.plain("sheet.rows", name=name.capitalize(), rows=f"{rows:,}"))
        notes += [_cut_note(words, name, rows)] if rows > MOST_ROWS else []
    for note in notes:
        _put(sheet, row, 0, note, styles["note"])
        row += 1


def _cut_note(words: Words, name: str, rows: int) -> str:
    return words.plain("sheet.cut", shown=f"{MOST_ROWS:,}", rows=f"{rows:,}", file=f"{name}.csv")


def _write_sheet(
    book: xlsxwriter.Workbook, results: Results, words: Words, styles: dict[str, Format], name: str
) -> None:
    """One table; a table that is too long is cut, and its first line says so."""
    types = columns(results, name)
    rows = _size(results, name)
    sheet = book.add_worksheet(name.capitalize())
    head = 0
    if rows > MOST_ROWS:
        _put(sheet, 0, 0, _cut_note(words, name, rows), styles["note"])
        head = 1
    for place, column in enumerate(types):
        sheet.set_column(place, place, _width(column, types[column]))
    sheet.set_row(head, 15 * len(words.languages) + 6)
    for place, column in enumerate(types):
        _put(sheet, head, place, "\n".join(words.named("column", column).values()), styles["head"])
    shown = ask(results, "first_rows", [MOST_ROWS], relation=name, order=order_of(types))
    for number, row in enumerate(shown, head + 1):
        told = _told(name, row, words)
        for place, (column, value) in enumerate(told.items()):
            _put(sheet, number, place, value, _style(styles, column, value))
    sheet.freeze_panes(head + 1, 1)
    sheet.autofilter(head, 0, head + max(len(shown), 1), max(len(types) - 1, 0))


def _write_guideline(
    book: xlsxwriter.Workbook, paragraphs: list[dict[str, Any]], words: Words, styles: dict[str, Format]
) -> None:
    """Every paragraph of the source: which rules examine it, where it is shown, what is left to people."""
    if not paragraphs:
        return
    sheet = book.add_worksheet(words.texts("scope.sheet")[words.languages[0]])
    heads = ("column.clause", "scope.asks", "scope.by", "scope.figure", "scope.people")
    sheet.set_row(0, 15 * len(words.languages) + 6)
    for place, (key, width) in enumerate(zip(heads, (NARROW, WIDE, WIDE, WIDE, WIDE), strict=True)):
        sheet.set_column(place, place, width)
        _put(sheet, 0, place, "\n".join(words.texts(key).values()), styles["head"])
    for number, entry in enumerate(paragraphs, 1):
        shown = [*words.both(entry["figure"]).values()] if entry["figure"] else []
        cells = (
            entry["no"],
            " / ".join(words.both(entry["asks"]).values()),
            "; ".join(entry["codes"]),
            " / ".join([*shown, ", ".join(entry["see"])] if entry["see"] else shown),
            " / ".join(words.both(entry["people"]).values()) if entry["people"] else "",
        )
        for place, cell in enumerate(cells):
            _put(sheet, number, place, cell or None, styles["cell"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(paragraphs), len(heads) - 1)


def _told(name: str, row: dict[str, Any], words: Words) -> dict[str, Any]:
    """A row with its subject and reasons, of coverage and of rejects, in the languages of the workbook."""
    if name == "rejects" and row["reason"]:
        return row | {"reason": " / ".join(words.rejected(row["column"], row["reason"]).values())}
    if name != "coverage":
        return row
    subject, why = row["subject"], row["why"]
    is_known = f"subject.{subject}" in words
    return row | {
        "subject": " / ".join(words.named("subject", subject).values()) if is_known else subject,
        "why": why and " / ".join(words.reasons(why).values()),
    }


def _style(styles: dict[str, Format], column: str, value: object) -> Format:
    is_coloured = column in {"status", "tier"} and str(value) in FILLS
    return styles[str(value) if is_coloured else "cell"]


def _width(column: str, kind: str) -> int:
    if column in WIDE_COLUMNS:
        return WIDE
    return NORMAL if kind == "VARCHAR" else NARROW


def _put(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    """Writes one cell as what it is; text is never taken for a formula or an address."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, column, float(value), style)
    else:
        sheet.write_string(row, column, cell_text(str(value)), style)


def cell_text(text: str) -> str:
    """Text for a cell: short enough, without codes a workbook cannot hold, never a formula or markup."""
    kept = text if text.isprintable() else "".join(c for c in text if c >= " " or c in "\t\n\r")
    if len(kept) > LONGEST_CELL:
        kept = kept[:LONGEST_CELL] + "…"
    return f"'{kept}" if kept.startswith((*RISKY_STARTS, RICH_START)) else kept
