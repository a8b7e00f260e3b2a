"""The sample of the estate agents' scheme through the command line, against what was planted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from analyser.rulebook.scheme import load_scheme
from analyser.schema.results import RESULTS
from sample_data.make_eaa import OTHERS, expected, write
from tests.commands import analyser

SAMPLE = Path(__file__).parent.parent / "sample_data"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("eaa") / "pack"


def test_the_script_gives_what_lies_there(tmp_path: Path) -> None:
    write(tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    assert len(made) == 8
    assert [(tmp_path / path).read_bytes() for path in made] == [
        (SAMPLE / path).read_bytes() for path in made
    ]


def test_run_gives_what_was_planted(pack: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("--scheme", "eaa-2012", "--as-of", "2025-12-31", "--out", pack)
    answer = analyser(capfd, "run", SAMPLE / "eaa_case", *words)
    assert answer.status == 0
    assert "23 points" in answer.out
    columns = "participant_id, activity_id, status, points::VARCHAR, codes"
    rows = duckdb.execute(f"SELECT {columns} FROM '{pack}/credits.parquet' ORDER BY ALL").fetchall()
    table = re.findall(
        r"^\| (E\d+) \| (\S+) \| (\w+) \| (\d+) \| (\S*) \| [^|]+ \|$", expected(), re.MULTILINE
    )
    assert rows == table
    found = dict(
        duckdb.execute(f"SELECT code, count(*) FROM '{pack}/findings.parquet' GROUP BY 1").fetchall()
    )
    planted = {code: times for code, _, times, _ in OTHERS}
    planted |= {row[4]: 1 for row in table if row[4]}
    assert found == planted


def test_every_column_is_documented(pack: Path) -> None:
    own = load_scheme("eaa-2012").columns
    for name, table in RESULTS.items():
        columns = duckdb.execute(f"SELECT * FROM '{pack}/{name}.parquet' LIMIT 0").description or []
        mine = {column.name for column in own.get(name, ())}
        assert {column[0] for column in columns} <= {*table.names, *mine}
        assert mine <= {column[0] for column in columns}
        if name != "periods":
            assert [column[0] for column in columns][: len(table.names)] == list(table.names)


def test_the_pack_is_whole(pack: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer = analyser(capfd, "verify", pack)
    assert (answer.status, answer.err) == (0, "")
    page = (pack / "inspection_report.html").read_text(encoding="utf-8")
    for word in (
        "EA-LAW-01",
        "Estate agency law in practice",
        "One point less for absence",
        "個學分",
        "Break",
    ):
        assert word in page
    assert "bases" not in re.findall(r'class="(\w+)"', page), "time bases are e-learning's"
    book = openpyxl.load_workbook(pack / "workbook.xlsx", read_only=True)
    head = [cell.value for cell in next(book["Credits"].iter_rows(max_row=1))]
    assert [name.split("\n")[0] for name in head[-6:]] == [
        "Points", "Points approved", "Core points", "Non-core points", "Absence (s)", "Contact time (s)",
    ]  # fmt: skip


def test_explain_argues_by_its_own_clauses(pack: Path, capfd: pytest.CaptureFixture[str]) -> None:
    database = pack / "audit.duckdb"
    text = analyser(capfd, "explain", "--db", database, "E003", "EA-LAW-01", "--lang", "en").out
    assert "VERDICT: awarded. Points: 2 (approved: 3)." in text
    assert re.search(r"\[not met\] +6\.1\.4", text)
    assert re.search(r"\[met\] +6\.1\.2 +Every entry has its exit", text)
    assert "scans.csv:6" in text
    assert "2.27" not in text, "no clause of e-learning"
    text = analyser(capfd, "explain", "--db", database, "E005", "EA-LAW-01", "--lang", "zh-Hant").out
    assert "[暫緩]" in text


def test_scans_that_cannot_be_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Rejects and sentences, never a traceback; what names hold is shown and not run."""
    case = tmp_path / "case"
    case.mkdir()
    scans = case / "scans.csv"
    head = "timestamp,participant_id,activity_id,direction\n"
    evil = "<script>alert(1)</script>"
    rows = f"2025-06-30T14:00:00+08:00,{evil},=1+1,in\n2025-06-30T25:00:00,P1,A,in\n,P1,A,in\n"
    scans.write_text(head + rows + "2025-06-30 17:00,P1,A,out\n2025-06-30T14:00:00+08:00,P1,A,\n")
    (case / "sessions_timetable.csv").write_text("activity_id,kind,starts_at,ends_at\nA,contact,x,y\n")
    words = ("--scheme", "eaa-2012", "--out", tmp_path / "out")
    answer = analyser(capfd, "run", case, *words)
    assert answer.status == 0, answer.err
    assert "scans.csv: read 5 = stored 2 + duplicate 0 + rejected 3" in answer.out
    assert "Times without an offset, read as Hong Kong time: 1." in answer.out
    assert "sessions_timetable.csv: read 1 = stored 0 + duplicate 0 + rejected 1" in answer.out
    assert evil not in (tmp_path / "out" / "inspection_report.html").read_text(encoding="utf-8")
    assert analyser(capfd, "verify", tmp_path / "out").status == 0
    scans.write_text("timestamp,participant_id,activity_id\n")
    answer = analyser(capfd, "run", case, *words)
    assert answer.status == 1
    assert "scans.csv: line 1: column direction is missing" in answer.sentence


def test_a_second_assessment_of_the_same_database(pack: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("assess", "--db", pack / "audit.duckdb", "--scheme")
    answer = analyser(capfd, *words, "ia-elearning", "--as-of", "2025-12-31")
    assert answer.status == 1
    assert answer.sentence.endswith("name the scheme it belongs to: --scheme eaa-2012.")
    # What was there stays; by its own scheme it is made anew, here before anything happened.
    assert "Chan" in analyser(capfd, "explain", "--db", pack / "audit.duckdb", "E001").out
    answer = analyser(capfd, *words, "eaa-2012", "--as-of", "2024-12-31")
    assert answer.status == 0, answer.err
    assert "awarded" not in answer.out


def test_a_name_that_differs_leads_to_both_rows(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    case, out = tmp_path / "case", tmp_path / "out"
    shutil.copytree(SAMPLE / "eaa_case", case)
    people = case / "participants.csv"
    people.write_text(people.read_text("utf-8").replace("Lee Siu Ming", "Wong Ka Yan"), "utf-8")
    words = ("--scheme", "eaa-2012", "--as-of", "2025-12-31", "--out", out, "--quiet")
    assert analyser(capfd, "run", case, *words).status == 0
    found = duckdb.execute(
        f"SELECT evidence FROM '{out}/findings.parquet' "
        "WHERE code = 'CERT_MISMATCH' AND participant_id = 'E002' AND message LIKE '%name%'"
    ).fetchall()
    assert found == [("certificates.csv:3;participants.csv:3",)]
