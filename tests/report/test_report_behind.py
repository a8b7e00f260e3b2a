"""The events behind a credit row: each sentence of the argument can be looked up and added up."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = datetime.date(2026, 6, 30)
REGISTER = "activity_id,module_id,approval_no,approved_minutes,approved_from,approved_to,pass_mark\n"
ONE_APPROVAL = "A,,EL-1,30,2025-01-01,2026-12-31,60\n"
HEAD = (
    "timestamp,participant_id,event,session_id,activity_id,module_id,object_id,attempt_id,score,"
    "item_id,max_score,factor,purpose,outcome\n"
)
BOTH_PAGES = "A,P1,page,true,\nA,P2,page,true,\n"
OPENING = """\
09:00:00 login
09:00:05 verify factor=password outcome=pass
09:00:10 verify factor=otp_sms outcome=pass
"""
STUDY = "\n".join(f"09:{minute:02d}:00 view activity_id=A object_id=P1" for minute in range(1, 40, 4)) + "\n"
DONE = "09:40:00 complete activity_id=A object_id=P1\n09:40:01 complete activity_id=A object_id=P2\n"


def sat(minute: int, attempt: str, score: int) -> str:
    """An attempt of two minutes."""
    about = f"activity_id=A attempt_id={attempt}"
    return (
        f"09:{minute}:00 assessment_start {about}\n"
        f"09:{minute + 2}:00 assessment_submit {about} score={score} max_score=10\n"
    )


def events(text: str, day: str = "2026-03-02") -> str:
    """Rows of a table of events: time, event, and cells by name."""
    names, rows = HEAD.strip().split(","), []
    for line in text.strip().splitlines():
        time, event, *cells = line.split()
        row = dict(cell.split("=") for cell in cells) | {
            "timestamp": f"{day}T{time}+08:00",
            "participant_id": "P1",
            "event": event,
            "session_id": f"S{day}",
        }
        rows.append(",".join(row.get(name, "") for name in names))
    return "\n".join(rows) + "\n"


def argued(
    folder: Path, trail: str, register: str = ONE_APPROVAL, items: str = "", language: str = "en"
) -> str:
    """The explanation of a small case, its lines put together."""
    written = {"events": HEAD + trail, "activities": REGISTER + register}
    if items:
        written["items"] = "activity_id,object_id,kind,required,length_s\n" + items
    for name, text in written.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        audit.assess(as_of=AS_OF, case="small")
        before = audit.connection.execute("FROM credits").fetchall()
        text = audit.explain("P1", language=language)
        # Looking leaves nothing behind.
        assert audit.connection.execute("FROM credits").fetchall() == before
        assert not audit.connection.execute("SELECT 1 FROM duckdb_tables() WHERE temporary AND "
                                            "table_name = 'submission'").fetchall()  # fmt: skip
    return re.sub(r"\s+", " ", text)


def test_the_pass_mark_is_that_of_the_day_of_the_submission(tmp_path: Path) -> None:
    """A later approval asks for 80 %; the 60 in force at the submission decided and is shown."""
    trail = events(OPENING + STUDY + "09:40:00 complete activity_id=A object_id=P1\n" + sat(45, "T1", 7))
    trail += events(OPENING + "09:02:00 complete activity_id=A object_id=P2\n", "2026-04-05")
    two = "A,,EL-1,30,2025-01-01,2026-03-31,60\nA,,EL-2,30,2026-04-01,2026-12-31,80\n"
    text = argued(tmp_path, trail, two, BOTH_PAGES)
    assert "with attempt T1: 7 of 10; pass mark in force at the submission: 60 %" in text
    assert "in the approval EL-2, 2026-04-01" in text
    assert "80 %" not in text


def test_of_approvals_that_tie_the_one_that_was_applied_is_shown(tmp_path: Path) -> None:
    """Two rows began together (R39): the one that ends later is in force, wherever it stands."""
    trail = events(OPENING + STUDY + DONE + sat(45, "T1", 7))
    tie = ["A,,EL-SHORT,60,2025-01-01,2026-12-30,60\n", "A,,EL-LONG,30,2025-01-01,2026-12-31,60\n"]
    for rows in (tie, tie[::-1]):
        assert "in the approval EL-LONG, 2025-01-01 to 2026-12-31" in argued(
            tmp_path, trail, "".join(rows), BOTH_PAGES
        )


@pytest.mark.parametrize(
    ("score", "words"),
    [(5, "60 %, not passed"), (6, "60 %, reached, but the attempt does not count (RETAKE_LIMIT)")],
)
def test_an_attempt_that_passed_but_does_not_count_is_named(tmp_path: Path, score: int, words: str) -> None:
    """Just under and on the pass mark, in a third attempt without studying again."""
    trail = events(OPENING + STUDY + DONE + sat(42, "T1", 1) + sat(46, "T2", 2) + sat(50, "T3", score))
    text = argued(tmp_path, trail, items=BOTH_PAGES)
    assert "No attempt that counts has passed; attempts submitted: 3." in text
    assert f"Attempt T3, submitted at 2026-03-02 09:52:00: {score} of 10; pass mark {words}." in text
    assert "Attempt T1, submitted at 2026-03-02 09:44:00: 1 of 10; pass mark 60 %, not passed." in text


@pytest.mark.parametrize(("needed", "more"), [(10, "p09."), (11, "p09 and 1 more.")])
def test_what_is_missing_is_named(tmp_path: Path, needed: int, more: str) -> None:
    """On and over ten ids; and ids that only the events know are told."""
    items = "".join(f"A,p{n:02d},page,true,\n" for n in range(needed)) + "A,P2,page,false,\n"
    text = argued(tmp_path, events(OPENING + STUDY + DONE), items=items)
    first = "p00, p01, p02, p03, p04, p05, p06, p07, p08, "
    assert f"{needed} requirements have no completion event that counts: {first}{more}" in text
    assert "Completion events name what the list of contents lacks: P1." in text


def test_without_a_list_of_contents_the_whole_is_missing(tmp_path: Path) -> None:
    """Completions of single pages do not complete a module that has no list."""
    text = argued(tmp_path, events(OPENING + STUDY + DONE))
    assert "no completion event is of the module as a whole" in text
    assert "what the list of contents lacks" not in text


def test_met_conditions_name_their_lines(tmp_path: Path) -> None:
    """Completion, passing submission and identity checks stand with file and line."""
    trail = events(OPENING + STUDY + DONE + sat(45, "T1", 9))
    text = argued(tmp_path, trail, items=BOTH_PAGES)
    assert "met at 2026-03-02 09:40:01. Source lines: events.csv:16" in text
    assert "attempts submitted so far: 1. Source lines: events.csv:18" in text
    assert "(2): password, otp_sms. Source lines: events.csv:3;events.csv:4" in text


def test_the_list_of_time_adds_up_to_the_active_time(tmp_path: Path) -> None:
    """Parts of seconds too; what belongs to another module or to no activity is told beside it."""
    trail = OPENING + STUDY + "09:38:00.250 view activity_id=B object_id=B1\n" + "09:39:00 page\n" + DONE
    text = argued(tmp_path, events(trail + sat(45, "T1", 9)), ONE_APPROVAL + "B,,EL-2,30,2025-01-01,,60\n")
    part = text[text.index("VERDICT") : text.index("B VERDICT")]
    listed = part[part.index("Active learning, ") : part.index("Taken off")]
    (hours, minutes, seconds), *spans = re.findall(
        r"\b(\d):(\d\d):(\d\d(?:\.\d+)?) (?:in all|Learning)", listed
    )
    lengths = [int(h) * 3600 + int(m) * 60 + float(s) for h, m, s in spans]
    assert len(lengths) == 2
    assert sum(lengths) == pytest.approx(int(hours) * 3600 + int(minutes) * 60 + float(seconds), abs=1e-6)
    # 09:01:00 to 09:38:00.250, and 09:40:00 to the attempt at 09:45.
    assert lengths == [37 * 60 + 0.25, 300]
    assert "0:00:59.750 belongs to B, 0:02:00 belongs to pages outside activities" in part


@pytest.mark.parametrize(("minutes", "is_cut"), [(30, False), (31, True)])
def test_a_clip_cut_at_the_longest_time_is_told(tmp_path: Path, minutes: int, is_cut: bool) -> None:
    """A clip of unknown length that ran for longer than media.max_s; one that stopped before is none."""
    stop = f"09:{minutes - 1}:59" if not is_cut else f"09:{minutes}:01"
    clip = f"09:00:30 media_play activity_id=A object_id=V\n{stop} media_end activity_id=A object_id=V\n"
    text = argued(tmp_path, events(OPENING + clip + DONE))
    told = "length of clip V, started at 2026-03-02 09:00:30: it counted as playing for 0:30:00"
    assert (told in text) == is_cut
    known = argued(tmp_path, events(OPENING + clip + DONE), items="A,V,video,true,3600\n")
    assert "No record tells" not in known


def test_registers_changed_since_are_told(tmp_path: Path) -> None:
    """What comes out otherwise than it was written is not shown as its reason."""
    argued(tmp_path, events(OPENING + STUDY + DONE + sat(45, "T1", 9)), items="A,P1,page,true,\n")
    with Audit(reachable=[tmp_path], threads=1) as audit:
        audit.ingest([tmp_path])
        audit.assess(as_of=AS_OF)
        audit.connection.execute("UPDATE credits SET active_s = active_s + 1")
        text = re.sub(r"\s+", " ", audit.explain("P1"))
    assert "The events behind this row could not be told" in text
    assert "Passed at 2026-03-02 09:47:00 with attempt T1; attempts submitted so far: 1." in text


def test_the_same_is_told_in_chinese(tmp_path: Path) -> None:
    """Every new sentence exists in Traditional Chinese."""
    trail = events(OPENING + STUDY + DONE + sat(42, "T1", 1) + sat(46, "T2", 2) + sat(50, "T3", 9))
    text = argued(tmp_path, trail, items=BOTH_PAGES, language="zh-Hant")
    assert "考核 T3，於 2026-03-02 09:52:00 提交：得分 9（滿分 10）；合格分數 60%，已達標" in text
    assert "但該次考核不計算在內（RETAKE_LIMIT）。" in text
    assert "有效學習，共 " in text
    assert "屬活動以外的頁面" in text


def test_a_paper_before_studying_again_holds_nothing_once_all_was_studied(tmp_path: Path) -> None:
    """The finding stands in the row that was awarded in the end, and only tells."""
    again = "10:00:00 view activity_id=A object_id=P1\n" + DONE.replace("09:4", "10:4")
    study = again + "\n".join(f"10:{minute:02d}:30 view activity_id=A" for minute in range(1, 40, 4)) + "\n"
    papers = [sat(50, "T1", 1), sat(53, "T2", 1), sat(56, "T3", 9)]
    trail = events(OPENING + STUDY + DONE + "".join(papers) + study + sat(50, "T4", 9).replace("09:", "10:"))
    text = argued(tmp_path, trail, items=BOTH_PAGES)
    assert "VERDICT: awarded." in text
    assert "[figures] 2.33 Another attempt without studying again." in text
    assert "[held]" not in text
    early = argued(tmp_path, events(OPENING + STUDY + DONE + "".join(papers)), items=BOTH_PAGES)
    assert "VERDICT: not earned." in early
    assert "[not met] 2.33 Another attempt without studying again." in early


@pytest.mark.parametrize(("owner", "mark"), [("activity_id=A", "[held]"), ("", "[figures]")])
def test_a_failed_check_holds_only_the_row_that_was_being_learned(
    owner: str, mark: str, tmp_path: Path
) -> None:
    """With the portal open at the check, the row is held by nothing but its missing second factor."""
    check = (
        f"09:41:00 view {owner}\n09:42:00 verify factor=pin purpose=challenge outcome=fail activity_id=A\n"
    )
    opening, done = OPENING.replace("otp_sms", "pin"), DONE.replace("09:4", "09:5")
    text = argued(tmp_path, events(opening + STUDY + check + done + sat(57, "T", 9)), items=BOTH_PAGES)
    assert "VERDICT: held" in text
    assert f"{mark} 2.27–2.31 Unscheduled check failed or ignored." in text
    assert "[held] 2.27–2.31 Two factors not shown" in text


def test_time_of_an_open_row_is_a_figure(tmp_path: Path) -> None:
    """Nothing is asked of it yet, so nothing is met."""
    text = argued(tmp_path, events(OPENING + "09:01:00 view activity_id=A\n09:02:00 logout\n"))
    assert "[figures] 2.10 Whole units of 30 minutes: 0" in text


@pytest.mark.parametrize(("first", "second"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_retake_without_item_records_is_not_told_as_met(first: bool, second: bool, tmp_path: Path) -> None:
    """What cannot be checked of 2.33 stands beside what can, even where other people's papers tell."""
    shown = "09:{minute}:30 question activity_id=A attempt_id={attempt} item_id={attempt}Q\n"
    papers = sat(50, "T1", 1) + sat(54, "T2", 9)
    papers += shown.format(minute=51, attempt="T1") * first + shown.format(minute=55, attempt="T2") * second
    trail = events(OPENING + STUDY + DONE + papers)
    other = events(OPENING + sat(50, "T1", 1) + sat(54, "T2", 9) + shown.format(minute=51, attempt="T1"))
    text = argued(tmp_path, trail + other.replace(",P1,", ",P2,"), items=BOTH_PAGES)
    assert "VERDICT: awarded." in text
    is_open = "[open] 2.33 RETAKE_OVERLAP could not be assessed: the papers carry no item records." in text
    assert is_open is not (first and second)
