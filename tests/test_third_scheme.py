"""A third scheme is a folder: loaded by its path, checked by its worked cases, reported like the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyser.audit import Audit
from analyser.errors import PolicyError
from analyser.report import verify_pack
from analyser.rulebook.cases import Case
from analyser.rulebook.relations import needed
from analyser.rulebook.scheme import Scheme, load_scheme, read_scheme
from analyser.worked_cases import all_cases, check

FOLDER = Path(__file__).parent / "schemes" / "self_study"
SCHEME = read_scheme(FOLDER)
CASES = list(all_cases(SCHEME))


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[case.name for _, case in CASES])
def test_worked_case(case: Case) -> None:
    assert check(case, SCHEME) == []


def test_reports(tmp_path: Path) -> None:
    case = CASES[1][1]
    folder, out = tmp_path / "case", tmp_path / "out"
    folder.mkdir()
    case.write(folder)
    with Audit(reachable=[folder, out], threads=1) as audit:
        audit.ingest([folder])
        audit.assess(SCHEME, as_of=case.as_of)
        files = audit.report(out)
        text = audit.explain("P1")
    assert {"credits.csv", "inspection_report.html", "workbook.xlsx", "manifest.json"} <= set(files)
    assert verify_pack(out) == []
    assert "VERDICT: awarded. Points: 2 (approved: 2)." in text
    assert "[met]      1           1:40:00 of learning is the time asked for." in text


def made_by(scheme: Scheme) -> set[str]:
    rules = [clause.rule for clause in scheme.clauses]
    return {relation.name for relation in needed(scheme.relations, [*scheme.results, *rules, *scheme.checks])}


def test_no_scheme_pays_for_questions_of_another() -> None:
    third, attendance, elearning = SCHEME, load_scheme("eaa-2012"), load_scheme("ia-elearning")
    assert {"segment", "row_time", "session"} <= made_by(third)
    assert not {"session_proof", "attempt_item"} & made_by(third)
    assert not {"segment", "session", "moment", "attention"} & made_by(attendance)
    assert {"session_proof", "attempt_item", "segment"} <= made_by(elearning)


def test_nothing_in_the_program_names_a_scheme() -> None:
    """No module, kernel relation or report decides by a scheme's name."""
    home = Path(__file__).parent.parent / "analyser"
    named = [
        path.relative_to(home).as_posix()
        for path in [
            *home.rglob("*.py"),
            *(home / "kernel").rglob("*.sql"),
            *(home / "report").rglob("*.sql"),
        ]
        if any(name in path.read_text(encoding="utf-8") for name in ("eaa-2012", "eaa_2012", "self-study"))
    ]
    assert named == []


def test_a_folder_that_is_no_scheme(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        read_scheme(tmp_path)
    (tmp_path / "scheme.toml").write_text('name = "x"\n')
    with pytest.raises(PolicyError, match="needs name, title, source and trail"):
        read_scheme(tmp_path)
    (tmp_path / "scheme.toml").write_text('name = "x"\ntitle = {}\nsource = {}\ntrail = "post"\n')
    with pytest.raises(PolicyError, match="trail is no input table: post"):
        read_scheme(tmp_path)
