"""What an inspector tried: the wrong scheme, a folder too high, missing tables. None goes without a word."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest

from analyser.audit import Audit
from analyser.report.words import Words
from analyser.rulebook.clauses import NO_TABLE
from analyser.rulebook.scheme import load_scheme, scheme_names
from tests.commands import analyser

Captured = pytest.CaptureFixture[str]
SAMPLES = Path(__file__).parents[1] / "sample_data"
EVENTS = "timestamp,participant_id,event,activity_id\n2025-03-10T10:00:00+08:00,P1,view,A\n"
SCANS = "timestamp,participant_id,activity_id,direction\n2025-03-10T14:00:00+08:00,P1,A,in\n"
ACTIVITIES = "activity_id,approved_minutes\nA,30\n"
CERTIFICATES = "certificate_no,participant_id,activity_id,hours\nC1,P1,A,0.5\n"


def make(folder: Path, **tables: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("tables", "scheme", "named"),
    [
        (
            {"scans": SCANS},
            "ia-elearning",
            "ia-elearning rests on events, and the case has none, but it has scans",
        ),
        ({"events": EVENTS}, "eaa-2012", "--scheme eaa-2021 or --scheme ia-elearning."),
        ({"scans": SCANS}, "eaa-2021", "--scheme eaa-2012."),
    ],
)
def test_a_case_of_another_scheme_stops_with_the_name_of_its_own(
    tables: dict[str, str], scheme: str, named: str, tmp_path: Path, capfd: Captured
) -> None:
    case = make(tmp_path / "case", activities=ACTIVITIES, **tables)
    answer = analyser(capfd, "run", case, "--out", tmp_path / "out", "--scheme", scheme)
    assert answer.status == 1
    assert named in answer.sentence
    assert not (tmp_path / "out" / "credits.csv").exists()


def test_both_trails_may_lie_in_one_case(tmp_path: Path, capfd: Captured) -> None:
    case = make(tmp_path / "case", activities=ACTIVITIES, scans=SCANS, events=EVENTS)
    assert analyser(capfd, "run", case, "--out", tmp_path / "out", "--quiet").status == 0


def test_a_folder_of_several_cases_is_refused(tmp_path: Path, capfd: Captured) -> None:
    for name in ("first", "second"):
        make(tmp_path / "all" / name, events=EVENTS, activities=ACTIVITIES)
    answer = analyser(capfd, "run", tmp_path / "all", "--out", tmp_path / "out")
    assert answer.status == 1
    assert "holds several cases (first, second); name one of them" in answer.sentence


def test_a_case_inside_a_case_is_refused(tmp_path: Path, capfd: Captured) -> None:
    case = make(tmp_path / "case", events=EVENTS)
    make(case / "old" / "exports", export=EVENTS)
    answer = analyser(capfd, "run", case, "--out", tmp_path / "out")
    assert answer.status == 1
    assert "(old and the folder itself)" in answer.sentence


def test_folders_named_after_tables_are_one_case(tmp_path: Path, capfd: Captured) -> None:
    case = make(tmp_path / "case", activities=ACTIVITIES)
    make(case / "events", january=EVENTS)
    make(case / "letters", remark="text\nno table\n")
    assert analyser(capfd, "run", case, "--out", tmp_path / "out", "--quiet").status == 0


def test_events_after_the_audit_date_are_counted_on_the_console(tmp_path: Path, capfd: Captured) -> None:
    case = make(tmp_path / "case", activities=ACTIVITIES, events=EVENTS)
    on = analyser(capfd, "run", case, "--out", tmp_path / "out", "--as-of", "2025-03-10")
    before = analyser(capfd, "run", case, "--out", tmp_path / "out", "--as-of", "2025-03-09")
    assert "audit date" not in on.out
    assert "1 rows of the trail are later than the audit date 2025-03-09 and were left out." in before.out


def test_a_trail_of_a_header_alone_is_told(tmp_path: Path, capfd: Captured) -> None:
    case = make(tmp_path / "case", activities=ACTIVITIES, events=EVENTS.splitlines()[0] + "\n")
    answer = analyser(capfd, "run", case, "--out", tmp_path / "out")
    assert (answer.status, "The trail holds no row that can be used" in answer.out) == (0, True)


def test_semicolons_are_named(tmp_path: Path, capfd: Captured) -> None:
    case = make(tmp_path / "case", events=EVENTS.replace(",", ";"))
    answer = analyser(capfd, "run", case, "--out", tmp_path / "out")
    assert "its cells are separated by semicolons, not commas" in answer.sentence


def coverage(case: Path, scheme: str = "ia-elearning") -> dict[str, tuple[int, int, int, int, str]]:
    with Audit(reachable=[case], threads=1) as audit:
        audit.ingest([case])
        audit.assess(scheme, as_of=datetime.date(2026, 11, 22))
        rows = audit.results.rows("FROM coverage")
    return {
        row["code"]: (row["subjects"], row["passed"], row["failed"], row["not_assessable"], row["why"])
        for row in rows
    }


def test_without_registers_no_rule_about_them_is_silent(tmp_path: Path) -> None:
    case = make(tmp_path / "case", events=EVENTS)
    found = coverage(case)
    silent = {code for code, (subjects, *_) in found.items() if not subjects}
    # What nobody did needs no register to be asked about.
    assert silent <= {
        "ACTED_BY_OTHER", "ASSESSMENT_TIME_COUNTED", "EVENT_AFTER_LOGOUT", "FACTOR_UNMAPPED",
        "REGISTER_ROW_REJECTED", "REGISTER_WORD_UNKNOWN", "SUBMISSION_UNNAMED", "TWO_PLACES_AT_ONCE",
    }  # fmt: skip
    assert found["CERT_MISMATCH"][3:] == (
        2,
        "the case has no table activities; the case has no table certificates",
    )
    assert found["AUDIT_TRAIL_INCOMPLETE"][4].endswith("the case has no table items")


def test_without_registers_no_attendance_rule_is_silent(tmp_path: Path) -> None:
    found = coverage(make(tmp_path / "case", scans=SCANS), "eaa-2012")
    assert {code for code, (subjects, *_) in found.items() if not subjects} <= {
        "TWO_PLACES_AT_ONCE",
        "REGISTER_ROW_REJECTED",
        "REGISTER_WORD_UNKNOWN",
    }


def test_without_a_register_of_activities_no_certificate_is_doubted(tmp_path: Path) -> None:
    found = coverage(make(tmp_path / "case", events=EVENTS, certificates=CERTIFICATES))
    assert found["CERT_WITHOUT_CREDIT"][:4] == (1, 0, 0, 1)


def test_a_column_left_out_is_not_an_empty_cell(tmp_path: Path) -> None:
    case = make(tmp_path / "case", events=EVENTS, activities=ACTIVITIES, certificates=CERTIFICATES)
    assert coverage(case)["CERT_FIELD"] == (12, 1, 0, 11, "the table certificates leaves the column out")
    full = CERTIFICATES.replace("hours\n", "hours,signatory\n").replace("0.5\n", "0.5,\n")
    make(case, certificates=full)
    assert coverage(case)["CERT_FIELD"][:4] == (12, 1, 1, 10)


def test_the_sample_has_no_finding_about_its_true_certificates(tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(SAMPLES / "case", case)
    found = coverage(case)
    assert {code: found[code][2] for code in ("CERT_MISMATCH", "CERT_FIELD", "CERT_MISSING")} == {
        "CERT_MISMATCH": 0, "CERT_FIELD": 0, "CERT_MISSING": 0
    }  # fmt: skip
    register = (case / "certificates.csv").read_text(encoding="utf-8").replace("EL26-10", "EL26-11")
    (case / "certificates.csv").write_text(register, encoding="utf-8")
    assert coverage(case)["CERT_MISMATCH"][2] > 0


def test_a_requirement_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Without its row the content may count as complete, so the result must not pass without a word."""
    items = 'activity_id,object_id,required\nA,p1,true\nA,p2,maybe\nA,p3,"true\n'
    case = make(tmp_path / "case", events=EVENTS, activities=ACTIVITIES, items=items)
    with Audit(reachable=[case], threads=1) as audit:
        audit.ingest([case])
        audit.assess(as_of=datetime.date(2026, 11, 22))
        found = audit.results.rows(
            "SELECT value, limit_value, evidence, message_zh FROM findings "
            "WHERE code = 'REGISTER_ROW_REJECTED'"
        )
        (rejects,) = audit.results.rows("SELECT count(*) AS n FROM rejects")
    assert [(row["value"], row["limit_value"], row["evidence"]) for row in found] == [(2, 3, "items.csv:3")]
    assert rejects["n"] == 2
    assert "必修項目" in found[0]["message_zh"]


def test_a_name_that_differs_leads_to_both_names(tmp_path: Path) -> None:
    """The certificate comes first, then each row of the register that names the holder; no message does."""
    case = tmp_path / "case"
    shutil.copytree(SAMPLES / "case", case)
    lines = (case / "certificates.csv").read_text(encoding="utf-8").splitlines()
    who, name = lines[3].split(",")[1:3]
    lines[3] = lines[3].replace(name, "Somebody Else")
    (case / "certificates.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    people = (case / "participants.csv").read_text(encoding="utf-8").splitlines()
    (number,) = (n for n, line in enumerate(people, start=1) if line.startswith(f"{who},"))
    with Audit(reachable=[case], threads=1) as audit:
        audit.ingest([case])
        audit.assess(as_of=datetime.date(2026, 11, 22))
        found = audit.results.rows(
            "SELECT participant_id, evidence, message FROM findings WHERE code = 'CERT_MISMATCH' AND "
            "message LIKE '%holder_s name%'"
        )
    assert [(row["participant_id"], row["evidence"]) for row in found] == [
        (who.strip('"'), f"certificates.csv:4;participants.csv:{number}")
    ]
    assert "Somebody Else" not in found[0]["message"]


def test_whoever_stands_in_a_register_alone_is_explained(tmp_path: Path, capfd: Captured) -> None:
    people = "participant_id,name\nP9,Chan Tai Man\n"
    case = make(tmp_path / "case", events=EVENTS, activities=ACTIVITIES, participants=people)
    assert analyser(capfd, "run", case, "--out", tmp_path / "out", "--quiet").status == 0
    answer = analyser(capfd, "explain", "--db", tmp_path / "out" / "audit.duckdb", "P9", "--lang", "zh-Hant")
    assert (answer.status, "Chan Tai Man" in answer.out) == (0, True)
    assert "參加者登記冊載有此人" in answer.out


def test_the_console_speaks_chinese_when_asked(tmp_path: Path, capfd: Captured) -> None:
    case = make(tmp_path / "case", activities=ACTIVITIES, events=EVENTS)
    answer = analyser(capfd, "run", case, "--out", tmp_path / "out", "--lang", "zh-Hant")
    assert "進行中：1 項，0.0 小時" in answer.out
    assert "不符規則事項 0 項" in answer.out
    assert "activities.csv：讀取 1 = 儲存 1 + 重複 0 + 拒收 0" in answer.out
    for language in ("en", "both"):
        answer = analyser(capfd, "run", case, "--out", tmp_path / "out", "--lang", language)
        assert "activities.csv: read 1 = stored 1 + duplicate 0 + rejected 0" in answer.out


def test_every_line_about_a_file_is_chinese_when_asked(tmp_path: Path, capfd: Captured) -> None:
    naive = (
        EVENTS.replace("+08:00", "").replace("activity_id\n", "activity_id,extra\n").replace(",A\n", ",A,1\n")
    )
    case = make(tmp_path / "case" / "events" / "day=1", a=naive, b=naive.replace("P1", "P2")).parents[1]
    answer = analyser(capfd, "run", case, "--out", tmp_path / "out", "--lang", "zh-Hant")
    lines = answer.out.splitlines()[:3]
    assert lines == [
        "events/（2 個檔案）：讀取 2 = 儲存 2 + 重複 0 + 拒收 0",
        "  沒有時區而視為香港時間的時間：2 個。",
        "  未有使用的欄：extra, day",
    ]


def test_every_subject_and_reason_of_coverage_has_its_chinese() -> None:
    words = Words("zh-Hant")
    # A literal of three words or more is a reason: nothing else in a rule is written as a sentence.
    said = {
        reason
        for scheme in map(load_scheme, scheme_names())
        for relation in [*scheme.relations, *(clause.rule for clause in scheme.clauses)]
        for reason in re.findall(r"'([a-z]+(?: [a-z,]+){2,})'", re.sub(r"--.*", "", relation.sql))
    }
    for clause in (clause for name in scheme_names() for clause in load_scheme(name).clauses):
        assert f"subject.{clause.subject}" in words, clause.subject
        said |= {NO_TABLE + table for table in clause.needs}
    assert len(said) > 5
    assert sorted(reason for reason in said if f"because.{reason}" not in words) == []


def test_what_is_our_reading_is_not_called_a_breach(tmp_path: Path, capfd: Captured) -> None:
    out = tmp_path / "out"
    words = ("run", SAMPLES / "case", "--out", out, "--as-of", "2026-11-22", "--quiet")
    assert analyser(capfd, *words).status == 0
    with Audit(out / "audit.duckdb") as audit:
        rows = audit.results.rows("SELECT code, tier, severity, participant_id FROM findings")
    of = {row["code"]: row for row in rows}
    # The tier is the contract's: no statistics were involved; the words say whose demand it is.
    assert (of["NO_UNIT_EVIDENCED"]["tier"], of["RETAKE_LIMIT"]["severity"]) == ("breach", "not_earned")
    told = analyser(
        capfd,
        "explain",
        "--db",
        out / "audit.duckdb",
        of["NO_UNIT_EVIDENCED"]["participant_id"],
        "--lang",
        "en",
    ).out
    assert "NO_UNIT_EVIDENCED (not counted, by our reading, 2.12)" in told
    assert "is our reading, see time_basis" in told
