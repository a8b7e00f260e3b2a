"""What the report does not answer: which paragraphs of the source are left to people, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from analyser.audit import Audit
from analyser.report.inspection import write_inspection
from analyser.report.overview import scope
from analyser.report.workbook import write_workbook
from analyser.rulebook.scheme import load_scheme, scheme_names
from analyser.worked_cases import all_cases

from .database import INFO, database

if TYPE_CHECKING:
    from pathlib import Path

    from analyser.results import Results


def assessed(scheme: str = "ia-elearning") -> Results:
    """The sample with the paragraphs of a scheme."""
    paragraphs = [paragraph.described for paragraph in load_scheme(scheme).guideline]
    return database(info=INFO | {"guideline": paragraphs})


def written(results: Results, folder: Path, language: str = "both") -> str:
    """The report's HTML."""
    path = write_inspection(results, folder / "r.html", language=language, limit=None, digest="0")
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", scheme_names())
def test_the_counts_add_up(name: str) -> None:
    """Every paragraph is answered, asks nothing, or is left to people alone."""
    counts = scope({"guideline": [paragraph.described for paragraph in load_scheme(name).guideline]})
    assert counts["all"] == sum(counts[part] for part in ("rules", "shown", "people", "nothing"))
    assert sum(len(entry["numbers"]) for entry in counts["left"]) == counts["people"] + counts["partly"]
    assert counts["rules"] == len({clause.clause for clause in load_scheme(name).clauses})


def test_the_page_tells_it_beside_the_coverage_and_folds_it(tmp_path: Path) -> None:
    """A heading with the counts, and a folded list in which each paragraph has its reason."""
    html = written(assessed(), tmp_path)
    part = html[html.index('id="scope"') : html.index('<section id="persons"')]
    assert html.index('id="coverage"') < html.index('id="scope"')
    assert "What this report does not answer" in part
    assert "本報告不作答覆的事項" in part
    assert "Of the 102 paragraphs of the source" in part
    (details,) = re.findall(r"<details[^>]*>", part)
    assert "open" not in details
    assert len(re.findall(r'<th scope="row"', part)) == len(scope(assessed().info)["left"])
    row = next(line for line in part.splitlines() if ">2.42<" in line)
    assert "No records of requests for help come with a trail." in row
    assert "紀錄不包括求助個案。" in row


def test_one_language_has_nothing_of_the_other(tmp_path: Path) -> None:
    """The scheme's own texts follow the language of the report."""
    assert "不作答覆" not in written(assessed(), tmp_path, "en")
    assert "does not answer" not in written(assessed(), tmp_path, "zh-Hant")


def test_a_database_without_paragraphs_has_no_such_part(results: Results, tmp_path: Path) -> None:
    """What an earlier version assessed is shown as before."""
    assert 'id="scope"' not in written(results, tmp_path)


def test_the_workbook_has_every_paragraph(tmp_path: Path) -> None:
    """One row each, with rules, where it is shown, and what is left to people."""
    path = write_workbook(assessed("eaa-2012"), tmp_path / "w.xlsx", language="both", digest="0")
    sheet = openpyxl.load_workbook(path)["Guideline"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert len(rows) == len(load_scheme("eaa-2012").guideline)
    assert rows["4.3"][2] == "APPLIED_AS_NEW"
    assert rows["4.1"][3] == "4.2, 4.3"
    assert rows["2.4.4"][4] == "Scans hold no evaluation. / 出入紀錄沒有評估資料。"
    assert rows["1.1"][3:] == (None, None)


def test_a_real_run_carries_paragraphs_and_notes(tmp_path: Path) -> None:
    """From the rule to the page: what a newly licensed person lacks has its note, and the scope is told."""
    (case,) = (case for _, case in all_cases() if case.name.startswith("What is shown stays: period and"))
    folder = tmp_path / "case"
    folder.mkdir()
    case.write(folder)
    with Audit(threads=1, reachable=[folder]) as audit:
        audit.ingest([folder])
        audit.assess(load_scheme("ia-elearning"), as_of=case.as_of)
        html = written(audit.results, tmp_path, "en")
    (note,) = re.findall(r'<small class="note">(.*?)</small>', html)
    assert "Newly licensed: a reduced requirement may apply" in note
    assert 'id="scope"' in html
    assert "1 / 1 (100 %)" in html
