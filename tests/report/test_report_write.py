"""The whole pack: everything at once, last the manifest, nothing half."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from analyser.report import inspection, verify_pack, write_reports
from analyser.report.pack import MANIFEST
from analyser.schema.results import RESULTS

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.results import Results

TABLES = {f"{name}.{end}" for name in RESULTS for end in ("csv", "parquet")}
ALL = TABLES | {"inspection_report.html", "workbook.xlsx", MANIFEST}


def test_everything_is_written(results: Results, tmp_path: Path) -> None:
    """All promised files and no other, told one after the other."""
    told: list[str] = []
    written = write_reports(results, tmp_path / "a" / "b", progress=told.append)
    assert set(written) == ALL
    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == ALL
    assert told == ["tables", "digest", "inspection report", "workbook", "manifest"]


def test_an_empty_case_is_written(empty: Results, tmp_path: Path) -> None:
    """A case without a single row still makes a pack that verifies."""
    assert set(write_reports(empty, tmp_path)) == ALL
    assert verify_pack(tmp_path) == []


def test_a_folder_may_have_any_name(results: Results, tmp_path: Path) -> None:
    """Signs that mean something to SQL or to a file pattern are only letters of a name."""
    folder = tmp_path / "it's [1] *x? {a,b} 審查"
    write_reports(results, folder)
    assert verify_pack(folder) == []


def test_written_twice_is_the_same(results: Results, tmp_path: Path) -> None:
    """The same results make the same bytes, and an older pack is replaced."""
    write_reports(results, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_reports(results, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_pack_left_half_way_has_no_manifest(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing stops, the older manifest is gone and no half file is left."""
    write_reports(results, tmp_path)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(inspection, "persons", stop)
    with pytest.raises(KeyboardInterrupt):
        write_reports(results, tmp_path)
    assert not (tmp_path / MANIFEST).exists()
    assert not list(tmp_path.glob("*.part"))
    assert len(verify_pack(tmp_path)) == 1


def test_heavy_libraries_are_loaded_only_where_used() -> None:
    """Importing the reports is quick: no pandas, plotly, jinja2, xlsxwriter or DuckDB."""
    code = (
        "import sys, analyser.report, analyser.report.workbook, analyser.report.inspection,"
        " analyser.report.figures\n"
        "print([name for name in ('pandas', 'plotly', 'jinja2', 'xlsxwriter', 'duckdb', 'pyarrow')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
