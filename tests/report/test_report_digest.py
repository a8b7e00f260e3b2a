"""The digest: the same for the same content, another for any other content."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from analyser.report.digest import LEFT_OUT, combined, digest, table_digests
from analyser.report.tables import write_tables
from analyser.schema.results import DIGESTED, RESULTS

from .database import database
from .sample import Row, credit, tables

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.results import Results

CELLS = [
    (name, column.name)
    for name in DIGESTED
    for column in RESULTS[name].columns
    if column.name not in LEFT_OUT
]


def by_hand(rows: dict[str, list[Row]]) -> str:
    """The digest made in Python, after the words of the module and nothing else."""
    lines = ""
    for name in DIGESTED:
        columns = [column for column in RESULTS[name].names if column not in LEFT_OUT]
        people: dict[str | None, list[bytes]] = {}
        for row in rows.get(name, []):
            text = b"".join(cell_by_hand(row.get(column)) for column in columns)
            people.setdefault(row["participant_id"], []).append(text)
        hashes = sorted(hashlib.sha256(b"".join(sorted(all_))).hexdigest() for all_ in people.values())
        table = hashlib.sha256((",".join(columns) + "\n" + "".join(hashes)).encode()).hexdigest()
        lines += f"{name}:{table}\n"
    return hashlib.sha256(lines.encode()).hexdigest()


def cell_by_hand(value: object) -> bytes:
    """One cell after the words of the module."""
    if value is None:
        return b"-"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, Decimal) and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{len(text.encode())}:{text}".encode()


def test_it_can_be_made_from_its_description(results: Results) -> None:
    """Somebody who reads the description and nothing else gets the same digest."""
    assert digest(results) == by_hand(tables())


def test_row_order_leaves_no_trace() -> None:
    """The same rows in another order have the same digest."""
    turned = {name: rows[::-1] for name, rows in tables().items()}
    assert digest(database(turned)) == digest(database())


def test_parquet_gives_the_same_digest(results: Results, tmp_path: Path) -> None:
    """The files carry the same results as the database they were written from."""
    write_tables(results, tmp_path)
    assert combined(table_digests(results, tmp_path)) == digest(results)


def test_passes_and_threads_leave_no_trace(results: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large table taken in several passes, or with one thread, gives the same digest."""
    expected = digest(results)
    # The package offers a function of the module's name, so the module is fetched by its own.
    monkeypatch.setattr(import_module("analyser.report.digest"), "ROWS_A_PASS", 3)
    results.rows("SET threads = 1")
    assert digest(results) == expected


@pytest.mark.parametrize(("name", "column"), CELLS)
def test_any_changed_cell_changes_it(name: str, column: str) -> None:
    """Every cell that belongs to the content is in the digest."""
    rows = tables()
    row = rows[name][0]
    old = row[column]
    kind = {column.name: column.kind for column in RESULTS[name].columns}[column]
    other = {"boolean": not old, "integer": (old or 0), "decimal": (old or 0)}
    row[column] = other.get(kind, f"{old or ''}x")
    if kind in {"integer", "decimal"}:
        row[column] += 1
    assert digest(database(rows)) != digest(database())


@pytest.mark.parametrize("column", sorted(LEFT_OUT))
def test_numbering_and_evidence_are_left_out(column: str) -> None:
    """The same records split into other files give the same digest."""
    rows = tables()
    for row in rows["findings"]:
        row[column] = "elsewhere"
    assert digest(database(rows)) == digest(database())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"category": None}, {"category": ""}),
        ({"category": "-", "status": ""}, {"category": None, "status": "-"}),
        ({"category": "ab", "status": "c"}, {"category": "a", "status": "bc"}),
        ({"category": "1:a"}, {"category": "a"}),
        ({"category": "e\u0301"}, {"category": "\u00e9"}),
    ],
)
def test_cells_cannot_be_mistaken_for_others(one: Row, other: Row) -> None:
    """Null, empty text and text that moved into the next cell are all different."""
    digests = {
        digest(database({"credits": [credit("P001", "A1", "M1", "held") | change]}))
        for change in (one, other)
    }
    assert len(digests) == 2


def test_a_row_told_twice_counts_twice() -> None:
    """A repeated row is another content."""
    rows = tables()
    rows["intervals"].append(rows["intervals"][0])
    assert digest(database(rows)) != digest(database())


def test_how_a_number_is_stored_leaves_no_trace(results: Results) -> None:
    """1.5 and 1.500000 are one number, whichever engine wrote it."""
    expected = digest(results)
    results.rows("ALTER TABLE periods ALTER hours TYPE DECIMAL(9, 2)")
    results.rows("ALTER TABLE findings ALTER value TYPE DOUBLE")
    results.rows("ALTER TABLE credits ALTER attempts TYPE INTEGER")
    assert digest(results) == expected
