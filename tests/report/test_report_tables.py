"""The table files: whole, sorted, safe for spreadsheets, faithful in Parquet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import duckdb
import pytest

from analyser.report.files import whole
from analyser.report.tables import RISKY_STARTS, write_tables
from analyser.schema.results import RESULTS

from .database import database
from .sample import credit

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.results import Results


def read_csv(path: Path) -> list[list[str]]:
    """A CSV file as Python reads it, without mending anything."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_every_table_is_there_twice_with_its_columns(results: Results, tmp_path: Path) -> None:
    """Each result table is a Parquet and a CSV file with the columns in their stable order."""
    written = write_tables(results, tmp_path)
    assert set(written) == {f"{name}.{end}" for name in RESULTS for end in ("csv", "parquet")}
    for name, table in RESULTS.items():
        assert tuple(read_csv(tmp_path / f"{name}.csv")[0]) == table.names
        parquet = duckdb.read_parquet(str(tmp_path / f"{name}.parquet"))
        assert tuple(parquet.columns) == table.names


def test_files_have_no_byte_order_mark(results: Results, tmp_path: Path) -> None:
    """Programs that read the files find the first column under its plain name."""
    write_tables(results, tmp_path)
    assert (tmp_path / "credits.csv").read_bytes().startswith(b"participant_id,")


@pytest.mark.parametrize("start", RISKY_STARTS)
def test_no_csv_cell_runs_as_a_formula(start: str, tmp_path: Path) -> None:
    """A text that a spreadsheet would run has an apostrophe before it, in CSV only."""
    name = f"{start}1+1"
    results = database({"credits": [credit("P001", name, "M1", "awarded")]})
    write_tables(results, tmp_path)
    assert read_csv(tmp_path / "credits.csv")[1][1] == f"'{name}"
    stored = duckdb.read_parquet(str(tmp_path / "credits.parquet")).project("activity_id")
    assert stored.fetchall() == [(name,)]


def test_harmless_cells_are_left_alone(tmp_path: Path) -> None:
    """Numbers stay numbers, and a risky sign inside a text is no danger."""
    row = credit("P001", "a=b", "ü – 學習", "awarded", active_s=-5)
    results = database({"credits": [row]})
    write_tables(results, tmp_path)
    header, cells = read_csv(tmp_path / "credits.csv")
    assert cells[1:3] == ["a=b", "ü – 學習"]
    assert cells[header.index("active_s")] == "-5"


def test_null_and_empty_text_differ(tmp_path: Path) -> None:
    """An empty cell is null; an empty text is written as two quotes."""
    rows = [credit("P001", "A1", None, "awarded"), credit("P001", "A1", "", "awarded")]
    write_tables(database({"credits": rows}), tmp_path)
    lines = (tmp_path / "credits.csv").read_text("utf-8").splitlines()
    assert lines[1].startswith("P001,A1,,")
    assert lines[2].startswith('P001,A1,"",')


def test_line_breaks_and_quotes_survive(tmp_path: Path) -> None:
    """A cell with line breaks, quotes or commas is read back as it was."""
    text = 'one\ntwo\r\nthree\rfour, "five"'
    write_tables(database({"credits": [credit("P001", text, None, "awarded")]}), tmp_path)
    assert read_csv(tmp_path / "credits.csv")[1][1] == text


def test_rows_are_sorted_whatever_order_they_came_in(tmp_path: Path) -> None:
    """Files of the same rows are equal byte for byte."""
    rows = [credit("P001", f"A{n % 7}", f"M{n % 3}", "held", attempts=n) for n in range(60)]
    first, second = tmp_path / "1", tmp_path / "2"
    for folder, order in ((first, rows), (second, rows[::-1])):
        folder.mkdir()
        write_tables(database({"credits": order}), folder)
    for name in ("credits.csv", "credits.parquet"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_failed_write_leaves_no_file(tmp_path: Path) -> None:
    """Neither the file nor its temporary stand-in is left when writing fails."""
    target = tmp_path / "half.csv"

    def stop_half_way() -> None:
        with whole(target) as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stop_half_way()
    assert list(tmp_path.iterdir()) == []


def test_a_scheme_may_add_columns(tmp_path: Path) -> None:
    """Columns that a scheme adds to a table come out behind the common ones."""
    results = database()
    results.rows("ALTER TABLE credits ADD COLUMN points DECIMAL(9, 1) DEFAULT 1.5")
    write_tables(results, tmp_path)
    rows = read_csv(tmp_path / "credits.csv")
    assert rows[0][-1] == "points"
    assert rows[1][-1] == "1.5"
