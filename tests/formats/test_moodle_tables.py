"""Moodle's own tables: quizzes with their questions, completion, factors, packages, H5P."""

from __future__ import annotations

import datetime
import itertools
from typing import TYPE_CHECKING

import pytest

from analyser.audit import Audit

from .support import ledger, rejects, rows
from .tools import export, short

if TYPE_CHECKING:
    from pathlib import Path

T = 1_700_000_000
QUIZ = "id,course,name,timelimit,sumgrades,attempts\n3,12,End,0,4.00000,0\n"
ATTEMPTS = (
    "id,quiz,userid,attempt,uniqueid,layout,currentpage,preview,state,timestart,timefinish,timemodified,sumgrades\n"
    f'88,3,7,1,5,"1,2,0",0,0,finished,{T},{T + 200},{T + 200},2.00000\n'
    f'89,3,7,2,6,"1,2,0",0,0,inprogress,{T + 5000},0,0,NULL\n'
    f'90,3,2,1,7,"1,2,0",0,1,finished,{T},{T + 9},0,NULL\n'
    f'91,4,7,1,8,"1,0",0,0,inprogress,{T},0,0,NULL\n'
)
PLACES = (
    "id,questionusageid,slot,behaviour,questionid,variant,maxmark,responsesummary\n"
    "100,5,1,deferredfeedback,31,1,1.0000000,yes\n101,5,2,deferredfeedback,32,1,3.0000000,no\n"
)
STEPS = (
    "id,questionattemptid,sequencenumber,state,fraction,timecreated,userid\n"
    f"1,100,0,todo,NULL,{T},7\n2,100,1,complete,NULL,{T + 100},7\n3,100,2,gradedright,1.0000000,{T + 200},7\n"
    f"4,101,0,todo,NULL,{T},7\n5,101,1,gradedpartial,0.3333333,{T + 200},7\n"
    f"6,101,2,mangrright,1.0000000,{T + 9200},2\n7,999,0,todo,NULL,{T},7\n"
)
VERSIONS = "id,questionbankentryid,version,questionid,status\n1,900,2,31,ready\n2,901,1,32,ready\n"


def quiz(tmp_path: Path, **more: str) -> Audit:
    files = {"a_steps__csv": STEPS, "b_places__csv": PLACES, "c_attempts__csv": ATTEMPTS, "d_quiz__csv": QUIZ}
    return export(tmp_path, None, **{**files, "e_versions__csv": VERSIONS, **more})


def test_papers_with_their_questions(tmp_path: Path) -> None:
    audit = quiz(tmp_path)
    assert sorted(short(audit, "at", "kind", "attempt_id", "item_id", "score", "max_score"), key=str) == [
        ("2023-11-14 22:13:20", "assessment_start", "88", None, None, None),
        ("2023-11-14 22:13:20", "question", "88", "entry/900", None, 1.0),
        ("2023-11-14 22:13:20", "question", "88", "entry/901", None, 3.0),
        ("2023-11-14 22:15:00", "answer", "88", "entry/900", None, 1.0),
        # A third of three marks is one mark, though Moodle keeps seven digits of it.
        ("2023-11-14 22:16:40", "answer", "88", "entry/900", 1.0, 1.0),
        ("2023-11-14 22:16:40", "answer", "88", "entry/901", 1.0, 3.0),
        ("2023-11-14 22:16:40", "assessment_submit", "88", None, 2.0, 4.0),
        ("2023-11-14 23:36:40", "assessment_start", "89", None, None, None),
        ("2023-11-15 00:46:40", "other", "88", None, None, 3.0),
    ]
    assert {row["activity_id"] for row in rows(audit)} == {"12"}
    assert {row["participant_id"] for row in rows(audit)} == {"7"}
    assert {reason for _, reason in rejects(audit)} == {
        "is a teacher's preview, not an attempt",
        "its quiz is in no mdl_quiz that was read with it or before, so the course is not known",
        "its paper is in no mdl_question_attempts and mdl_quiz_attempts that were read with it or before",
    }
    assert all(read == sum(parts) for _, _, read, *parts in ledger(audit))


def test_the_order_of_files_decides_nothing(tmp_path: Path) -> None:
    expected = None
    names = ("a", "b", "c", "d", "e")
    content = (STEPS, PLACES, ATTEMPTS, QUIZ, VERSIONS)
    for number, order in enumerate(itertools.islice(itertools.permutations(names), 0, 120, 17)):
        audit = export(
            tmp_path / str(number),
            None,
            **{f"{n}__csv": text for n, text in zip(order, content, strict=True)},
        )
        found = sorted(map(str, rows(audit)))
        assert expected in (None, found)
        expected = found


def test_without_the_question_bank_questions_go_by_number(tmp_path: Path) -> None:
    audit = quiz(tmp_path, e_versions__csv=VERSIONS.replace("1,900,2,31,ready\n", ""))
    assert {row["item_id"] for row in rows(audit) if row["item_id"]} == {"question/31", "entry/901"}


def test_the_papers_score_is_assessed_from_the_answers(tmp_path: Path) -> None:
    """The sum of the answers equals the paper's own marks, so no difference is found."""
    (tmp_path / "case").mkdir()
    activities = "activity_id,title,approved_minutes,pass_mark\n12,X,30,50\n"
    audit = quiz(tmp_path, case_activities__csv=activities)
    audit.assess(as_of=datetime.date(2026, 11, 22))
    found = audit.connection.execute("SELECT passing_attempt_id, attempts, codes FROM credits").fetchall()
    assert [row[:2] for row in found] == [("88", 1)]
    assert "SCORE_MISMATCH" not in str(found[0][2])


def test_a_question_done_again_in_the_same_paper(tmp_path: Path) -> None:
    """The redo has a slot of its own; Moodle sets the earlier slot's marks to nought."""
    places = PLACES.replace(
        "100,5,1,deferredfeedback,31,1,1.0000000", "100,5,1,deferredfeedback,31,1,0.0000000"
    )
    places += "102,5,3,immediatefeedback,31,1,1.0000000,better\n"
    steps = STEPS + f"8,102,0,todo,NULL,{T + 120},7\n9,102,1,gradedright,1.0000000,{T + 150},7\n"
    audit = quiz(tmp_path, b_places__csv=places, a_steps__csv=steps)
    found = [
        (r["item_id"], r["score"], r["max_score"], r["response"])
        for r in rows(audit)
        if r["kind"] == "answer"
    ]
    assert ("entry/900", 1.0, 1.0, "better") in found
    assert ("entry/900", 0.0, 0.0, "yes") in found


def test_completion_tables(tmp_path: Path) -> None:
    modules = "id,course,module,instance,section\n57,12,1,4,1\n"
    completion = (
        "id,coursemoduleid,userid,completionstate,viewed,overrideby,timemodified\n"
        f"1,57,7,1,1,NULL,{T}\n2,57,8,2,1,2,{T}\n3,57,9,0,1,NULL,{T}\n4,57,9,3,1,NULL,{T}\n5,58,9,1,1,NULL,{T}\n"
    )
    audit = export(tmp_path, None, a__csv=completion, b__csv=modules)
    assert short(audit, "participant_id", "kind", "object_id", "activity_id", "actor_id") == [
        ("7", "complete", "cm/57", "12", None),
        ("8", "complete", "cm/57", "12", "2"),
        ("9", "heartbeat", "cm/57", "12", None),
        ("9", "heartbeat", "cm/57", "12", None),
    ]
    # States 0 and 3 of one person at one time say the same: nothing was completed.
    assert ledger(audit)[0][2:] == (5, 3, 1, 1)


def test_course_completions(tmp_path: Path) -> None:
    text = (
        "id,userid,course,timeenrolled,timestarted,timecompleted,reaggregate\n"
        f"1,7,12,0,0,{T},0\n2,8,12,0,0,NULL,0\n3,9,12,0,0,0,0\n"
    )
    audit = export(tmp_path, None, a__csv=text)
    assert short(audit, "participant_id", "kind", "activity_id", "object_id") == [
        ("7", "complete", "12", None)
    ]
    assert [line for line, reason in rejects(audit) if "not complete" in reason] == [3, 4]


def test_factors_without_their_secrets(tmp_path: Path) -> None:
    text = (
        "id,userid,factor,secret,label,timecreated,createdfromip,timemodified,lastverified,revoked\n"
        f"1,7,totp,HUSH,x,1,1.1.1.1,1,{T},0\n2,7,sms,HUSH,x,1,1.1.1.1,1,0,0\n3,7,email,HUSH,x,1,1.1.1.1,1,{T},0\n"
    )
    audit = export(tmp_path, None, a__csv=text)
    assert short(audit, "kind", "factor", "purpose", "outcome") == [
        ("verify", "otp_app", "login", "pass"),
        ("verify", "email", "login", "pass"),
    ]
    assert [line for line, _ in rejects(audit)] == [3]
    assert "HUSH" not in str(audit.connection.execute("FROM event").fetchall())


def test_packages_prove_no_time(tmp_path: Path) -> None:
    scorm = "id,course,name,scormtype,maxattempt\n4,12,X,local,0\n"
    status = "cmi.core.lesson_status"
    lines = [("x.start.time", f"{T}"), (status, "incomplete"), ("cmi.core.total_time", "00:30:00"),
             ("cmi.suspend_data", "x"), (status, "completed")]  # fmt: skip
    text = "id,userid,scormid,scoid,attempt,element,value,timemodified\n" + "".join(
        f"{n},7,4,9,1,{element},{value},{T + n}\n" for n, (element, value) in enumerate(lines)
    )
    audit = export(tmp_path, None, a__csv=text, b__csv=scorm)
    assert short(audit, "kind", "object_id", "activity_id") == [
        ("view", "sco/9", "12"), ("heartbeat", "sco/9", "12"), ("heartbeat", "sco/9", "12"),
        ("heartbeat", "sco/9", "12"), ("complete", "sco/9", "12"),
    ]  # fmt: skip


def test_h5p_is_practice(tmp_path: Path) -> None:
    activities = "id,course,name,enabletracking,grademethod\n6,12,X,1,1\n"
    text = (
        "id,h5pactivityid,userid,timecreated,timemodified,attempt,rawscore,maxscore,duration\n"
        f"1,6,7,{T},{T},1,3,4,60\n2,5,7,{T},{T},1,3,4,60\n"
    )
    audit = export(tmp_path, None, a__csv=text, b__csv=activities)
    assert short(audit, "kind", "object_id", "attempt_id", "score", "max_score") == [
        ("interact", "h5p/6", None, 3.0, 4.0)
    ]
    assert [line for line, _ in rejects(audit)] == [3]


@pytest.mark.parametrize("null", ["NULL", "\\N", '""'])
def test_how_nothing_is_written(tmp_path: Path, null: str) -> None:
    audit = quiz(
        tmp_path, a_steps__csv=STEPS.replace("NULL", null), c_attempts__csv=ATTEMPTS.replace("NULL", null)
    )
    assert len(rows(audit)) == 9
