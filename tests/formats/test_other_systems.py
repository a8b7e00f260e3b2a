"""Canvas, D2L Brightspace, Blackboard, Totara and TalentLMS, from their documented columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from analyser.errors import InputError

from .support import json_lines, ledger, real, rejects, rows
from .tools import export, short

if TYPE_CHECKING:
    from pathlib import Path

    from .support import Row


def live(name: str, **metadata: str) -> Row:
    """A live event in Canvas's own form."""
    about = {"event_name": name, "event_time": "2026-03-01T01:00:00.5Z", "producer": "canvas", "user_id": "7"}
    return {"metadata": {**about, "session_id": "s", **metadata}, "body": {"submission_id": "50"}}


def test_canvas_live_events(tmp_path: Path) -> None:
    course = {"context_type": "Course", "context_id": "36"}
    text = json_lines(
        live("logged_in"), live("asset_accessed", **course), live("quiz_submitted", **course),
        live("grade_change", context_type="Account", context_id="1"), live("danced", real_user_id="2"),
        {"metadata": {"event_name": "logged_in", "event_time": "2026-03-01T01:00:00Z", "producer": "canvas"}},
    )  # fmt: skip
    audit = export(tmp_path, None, x__jsonl=text)
    assert short(audit, "kind", "activity_id", "session_id", "actor_id") == [
        ("login", None, "s", None), ("view", "36", "s", None), ("assessment_submit", "36", "s", None),
        ("heartbeat", None, "s", None), ("other", None, "s", "2"),
    ]  # fmt: skip
    assert rejects(audit) == [(6, "participant_id is empty; every row needs it")]
    assert {row["at_us"] % 1_000_000 for row in rows(audit)} == {500_000}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("shape", ["one", "list", "page", "one after another"])
def test_live_events_as_documents(tmp_path: Path, shape: str, indent: int | None) -> None:
    course = {"context_type": "Course", "context_id": "36"}
    entries: list[Row] = [live("logged_in"), live("asset_accessed", **course), live("logged_out")]
    del entries[2]["metadata"]["user_id"]
    whole: dict[str, Any] = {"one": entries[1], "list": entries, "page": {"data": entries}}
    separate = "\n".join(json.dumps(entry, indent=indent) for entry in entries)
    text = json.dumps(whole[shape], indent=indent) if shape in whole else separate
    audit = export(tmp_path, None, x__json=text)
    login, view = ("login", None, "s"), ("view", "36", "s")
    assert short(audit, "kind", "activity_id", "session_id") == [view] if shape == "one" else [login, view]
    if shape != "one":
        line = next(n for n, line in enumerate(text.splitlines(), 1) if "logged_out" in line)
        starts = line if indent is None else line - 2
        assert rejects(audit) == [(starts, "participant_id is empty; every row needs it")]
        assert "logged_out" in audit.connection.execute("SELECT raw FROM reject").fetchall()[0][0]


def test_a_document_cut_short_keeps_what_is_whole(tmp_path: Path) -> None:
    text = json.dumps([live("logged_in"), live("logged_out")], indent=1)
    audit = export(tmp_path, None, x__json=text[:-60])
    assert short(audit, "kind") == [("login",)]
    assert {reason for _, reason in rejects(audit)} == {"is no readable JSON"}
    lines = len(text[:-60].splitlines())
    ((_, _, read, stored, _, rejected),) = ledger(audit)
    assert (read, stored, rejected) == (1 + rejected, 1, lines - rejects(audit)[0][0] + 1)


@pytest.mark.parametrize("indent", [None, 1])
def test_page_views_of_the_api_are_a_list(tmp_path: Path, indent: int | None) -> None:
    view = {"created_at": "2026-03-01T01:00:00Z", "url": "https://x/courses/36/pages/a", "links": {"user": 7},
            "interaction_seconds": 5.1, "user_request": True}  # fmt: skip
    audit = export(tmp_path, None, x__json=json.dumps([view, {**view, "created_at": "x"}], indent=indent))
    assert ledger(audit)[0][2:] == (2, 1, 0, 1)


def test_real_documents_of_canvas(tmp_path: Path) -> None:
    for name, kind in (("canvas_logged_out", "logout"), ("canvas_quiz_submitted", "assessment_submit")):
        text = real(f"canvas/{name}.json").read_text(encoding="utf-8")
        assert text.count("\n") > 10
        assert short(export(tmp_path / name, None, x__json=text), "kind") == [(kind,)]


def test_real_live_events_of_canvas(tmp_path: Path) -> None:
    names = ("canvas_logged_out", "canvas_quiz_submitted")
    entries = [json.loads(real(f"canvas/{name}.json").read_text(encoding="utf-8")) for name in names]
    audit = export(tmp_path, None, x__jsonl=json_lines(*entries))
    assert short(audit, "participant_id", "kind", "activity_id") == [
        ("21070000000000001", "logout", None),
        ("21070000000987123", "assessment_submit", "21070000000100123"),
    ]


def test_canvas_requests(tmp_path: Path) -> None:
    host = "https://x.example.org"
    lines = [
        ("POST", f"{host}/login/canvas", "login/canvas", "login"),
        ("GET", f"{host}/courses/36/pages/a?x=1", "wiki_pages", "view"),
        ("GET", f"{host}/api/v1/courses", "courses", "heartbeat"),
        ("PUT", f"{host}/page_views/123", "page_views", "heartbeat"),
        ("GET", f"{host}/courses/36/modules", "page_views", "heartbeat"),
        ("DELETE", f"{host}/logout", "login", "logout"),
    ]
    header = (
        "id,timestamp,user_id,real_user_id,course_id,session_id,url,http_method,remote_ip,"
        "web_application_controller\n"
    )
    text = header + "".join(
        f"{n},2026-03-01 01:0{n}:00.000,7,{2 if n == 1 else ''},36,s,{url},{method},1.1.1.1,{controller}\n"
        for n, (method, url, controller, _) in enumerate(lines)
    )
    audit = export(tmp_path, None, x__csv=text)
    found = short(audit, "kind", "object_id", "actor_id")
    assert [kind for kind, _, _ in found] == [word for *_, word in lines]
    assert found[1] == ("view", "/courses/36/pages/a", "2")
    assert rejects(audit) == []


def test_canvas_page_views(tmp_path: Path) -> None:
    view = {"id": "1", "created_at": "2026-03-01T01:00:00Z", "url": "https://x/courses/36/pages/a",
            "interaction_seconds": 5.1, "user_request": True,
            "links": {"user": 7, "real_user": None}}  # fmt: skip
    audit = export(tmp_path, None, x__jsonl=json_lines(view, {**view, "user_request": False}))
    assert short(audit, "participant_id", "kind", "activity_id") == [
        ("7", "view", "36"),
        ("7", "heartbeat", "36"),
    ]


EVENTS = (
    "id,quiz_submission_id,attempt,event_type,event_data,created_at\n"
    "1,50,1,session_started,{},2026-03-01T01:00:00Z\n"
    '2,50,1,question_viewed,"[""11"",""12""]",2026-03-01T01:00:10Z\n'
    "3,50,1,page_blurred,,2026-03-01T01:01:00Z\n4,50,1,page_focused,,2026-03-01T01:11:00.25Z\n"
    "5,50,1,page_focused,,2026-03-01T01:12:00Z\n"
    '6,50,1,question_answered,"[{""quiz_question_id"":""11"",""answer"":[""7"",""8""]}]",2026-03-01T01:13:00Z\n'
    "7,51,1,page_blurred,,2026-03-01T01:14:00Z\n"
)
SUBMISSIONS = (
    "id,quiz_id,user_id,submission_id,attempt,started_at,finished_at,workflow_state,score,quiz_points_possible\n"
    "50,9,7,1,1,2026-03-01T01:00:00Z,2026-03-01T01:20:00Z,complete,8,10\n"
    "51,8,7,1,1,2026-03-01T01:00:00Z,,untaken,,10\n"
)
QUIZZES = "id,context_id,context_type,quiz_type,points_possible\n9,36,Course,assignment,10\n"


def test_leaving_the_page_during_a_paper_is_idle(tmp_path: Path) -> None:
    audit = export(tmp_path, None, a__csv=EVENTS, b__csv=SUBMISSIONS, c__csv=QUIZZES)
    assert sorted(short(audit, "at", "kind", "item_id", "duration_us", "attempt_id"), key=str) == [
        ("2026-03-01 01:00:00", "assessment_start", None, None, "50-1"),
        ("2026-03-01 01:00:00", "interact", None, None, "50-1"),
        ("2026-03-01 01:00:10", "question", "11", None, "50-1"),
        ("2026-03-01 01:00:10", "question", "12", None, "50-1"),
        ("2026-03-01 01:01:00", "heartbeat", None, None, "50-1"),
        ("2026-03-01 01:11:00", "idle", None, 600_250_000, "50-1"),
        ("2026-03-01 01:12:00", "heartbeat", None, None, "50-1"),
        ("2026-03-01 01:13:00", "answer", "11", None, "50-1"),
        ("2026-03-01 01:14:00", "heartbeat", None, None, "51-1"),
        ("2026-03-01 01:20:00", "assessment_submit", None, None, "50-1"),
    ]
    assert [line for line, _ in rejects(audit)] == [3]


def test_brightspace_sets(tmp_path: Path) -> None:
    attempts = (
        "AttemptId,QuizId,UserId,OrgUnitId,AttemptNumber,TimeStarted,TimeCompleted,Score,PossibleScore,"
        "IsDeleted\n"
        "5,9,7,36,1,2026-03-01 01:00:00.000,2026-03-01 01:20:00.000,8,10,0\n"
        "6,9,7,36,2,2026-03-01 02:00:00,,,10,0\n"
        "7,9,7,36,3,2026-03-01 03:00:00,,,10,1\n"
    )
    log = (
        "LogId,AttemptId,EventTypeId,Name,Description,EventTime,IPAddress\n"
        "1,5,1,Quiz Entry,,2026-03-01 01:00:00,1.1.1.1\n2,5,2,Response Saved,,2026-03-01 01:05:00,1.1.1.1\n"
        "3,5,3,Ritual,,2026-03-01 01:06:00,1.1.1.1\n4,99,3,Ritual,,2026-03-01 01:06:00,1.1.1.1\n"
    )
    audit = export(tmp_path, None, a_log__csv=log, b_attempts__csv=attempts)
    assert sorted(short(audit, "at", "kind", "attempt_id", "activity_id", "score"), key=str) == [
        ("2026-03-01 01:00:00", "assessment_start", "5", "36", None),
        ("2026-03-01 01:00:00", "view", "5", "36", None),
        ("2026-03-01 01:05:00", "interact", "5", "36", None),
        ("2026-03-01 01:06:00", "other", "5", "36", None),
        ("2026-03-01 01:20:00", "assessment_submit", "5", "36", 8.0),
        ("2026-03-01 02:00:00", "assessment_start", "6", "36", None),
    ]
    reasons = [reason for _, reason in rejects(audit)]
    assert len(reasons) == 2
    assert "the attempt was deleted in the learning system" in reasons


def test_brightspace_sessions_end_as_they_ended(tmp_path: Path) -> None:
    text = (
        "SessionId,OrgId,UserId,DateStarted,DateEnded,LastAccessed,TimedOut,HistoryID\n"
        "5,1,7,2026-03-01 01:00:00,2026-03-01 02:00:00,2026-03-01 01:59:00,0,1\n"
        "6,1,7,2026-03-02 01:00:00,,2026-03-02 01:30:00.5,True,2\n7,1,7,2026-03-03 01:00:00,,,0,2\n"
    )
    audit = export(tmp_path, None, x__csv=text)
    assert short(audit, "at", "kind", "session_id") == [
        ("2026-03-01 01:00:00", "login", "5"), ("2026-03-01 02:00:00", "logout", "5"),
        ("2026-03-02 01:00:00", "login", "6"), ("2026-03-02 01:30:00", "timeout", "6"),
        ("2026-03-03 01:00:00", "login", "7"),
    ]  # fmt: skip
    assert rejects(audit) == [(4, "timestamp is empty; every row needs it")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("OrgUnitId,UserId,RoleId,DayAccessed\n36,7,1,2026-03-01\n", "it names days, not times"),
        (
            "id,signupid,statuscode,superceded,createdby,timecreated\n1,2,100,0,2,1700000000\n",
            "a status is a tick",
        ),
    ],
)
def test_what_has_no_times_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        export(tmp_path, None, x__csv=text)


def test_blackboard(tmp_path: Path) -> None:
    header = (
        "pk1,event_type,user_pk1,course_pk1,group_pk1,forum_pk1,internal_handle,content_pk1,data,timestamp,"
        "session_id\n"
    )
    lines = [
        ("LOGIN_ATTEMPT", ""),
        ("SESSION_INIT", ""),
        ("COURSE_ACCESS", "33"),
        ("RITUAL", "33"),
        ("LOGOUT", ""),
    ]
    text = header + "".join(
        f"{n},{event},7,{course},,,h,,x,2026-03-01 09:0{n}:00.123,5\n"
        for n, (event, course) in enumerate(lines)
    )
    audit = export(tmp_path, None, x__csv=text)
    assert short(audit, "at", "kind", "activity_id", "session_id")[1:] == [
        ("2026-03-01 01:01:00", "login", None, "5"), ("2026-03-01 01:02:00", "view", "33", "5"),
        ("2026-03-01 01:03:00", "other", "33", "5"), ("2026-03-01 01:04:00", "logout", None, "5"),
    ]  # fmt: skip
    sessions = (
        "login_pk1,user_pk1,session_pk1,login_time,logout_time,logout_ind,mobile_ind\n"
        "1,7,5,2026-03-01 09:00:00,2026-03-01 10:00:00,Y,N\n"
        "2,7,6,2026-03-01 11:00:00,2026-03-01 12:00:00,N,N\n"
    )
    audit = export(tmp_path / "b", None, x__csv=sessions)
    assert short(audit, "kind", "session_id") == [
        ("login", "session/5"), ("logout", "session/5"), ("login", "session/6"), ("timeout", "session/6"),
    ]  # fmt: skip


def test_totara(tmp_path: Path) -> None:
    text = (
        "id,userid,course,timeenrolled,timestarted,timecompleted,rpl,status,renewalstatus\n"
        "1,7,36,0,0,1700000000,,75,0\n2,8,36,0,0,1700000000,Known,100,0\n3,9,36,0,0,0,,50,0\n"
    )
    audit = export(tmp_path, None, x__csv=text)
    assert short(audit, "participant_id", "kind", "word") == [
        ("7", "complete", None),
        ("8", "other", "course completion status 100"),
    ]
    assert [line for line, _ in rejects(audit)] == [4]


def test_talentlms(tmp_path: Path) -> None:
    entries = [
        ("user_login_user", None, None), ("unitprogress_survey_completion", "8", "36"),
        ("unitprogress_test_fail", "9", "36"), ("course_completion", "36", None), ("ritual", "1", None),
    ]  # fmt: skip
    text = json_lines(*(
        {"action": action, "timestamp": f"25/03/2026, 17:09:3{n}", "user_id": "7", "object_id": first,
         "secondary_object_id": second} for n, (action, first, second) in enumerate(entries)))  # fmt: skip
    audit = export(tmp_path, None, x__jsonl=text)
    assert short(audit, "kind", "activity_id", "object_id") == [
        ("login", None, None), ("survey", "36", "8"), ("interact", "36", "9"), ("complete", "36", None),
        ("other", None, "1"),
    ]  # fmt: skip
    assert ledger(audit)[0][1:] == ("talentlms-timeline", 5, 5, 0, 0)
