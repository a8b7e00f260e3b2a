"""SCORM run-time data, SCORM Cloud registrations and AICC requests."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from analyser.errors import InputError
from analyser.formats.aicc import _form
from analyser.formats.scorm.values import at_clock, before, seconds

from .support import Row, case, json_lines, ledger, rejects, rows
from .test_xapi import notices

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00:23:15", "1395"), ("0001:00:00.25", "3600.25"), ("9999:59:59.99", "35999999.99"),
        ("1:00:00", None),
        ("00:60:00", None), ("00:59:60", None), ("PT1H0M0.5S", "3600.5"), ("P1DT2S", "86402"), ("PT0S", "0"),
        ("P1Y", None), ("P", None), ("PT", None), ("PT1.123S", None), ("", None), ("1395", None),
    ],
)  # fmt: skip
def test_lengths_of_both_versions(text: str, expected: str | None) -> None:
    assert seconds(text) == (Decimal(expected) if expected else None)


def test_a_clock_has_the_date_of_its_commit_or_of_the_day_before() -> None:
    at = "2025-09-01T10:00:00+08:00"
    assert at_clock(at, "10:00:00") == at
    assert at_clock(at, "10:00:01") == "2025-08-31T10:00:01+08:00"
    assert at_clock(at, "24:00:00") is None
    assert before("0001-01-01T00:00:00", Decimal(10)) is None


def old(**fields: Any) -> Row:
    """A commit of SCORM 1.2 with dotted names."""
    made = {
        "timestamp": "2025-09-01T10:30:00Z", "course_id": "C1", "sco_id": "S1", "attempt": 2,
        "session_id": "L1",
        "cmi.core.student_id": "u1", "cmi.core.lesson_status": "passed",
        "cmi.core.session_time": "0000:20:00.50",
        "cmi.core.score.raw": "8", "cmi.core.score.max": "10", "cmi.core.exit": "time-out",
        "cmi.interactions.0.id": "q1", "cmi.interactions.0.time": "10:20:00",
        "cmi.interactions.0.result": "correct",
        "cmi.interactions.0.student_response": "b", "cmi.interactions.0.weighting": "2",
        "cmi.interactions.10.id": "q2", "cmi.interactions.10.result": "wrong",
    }  # fmt: skip
    return {key: value for key, value in {**made, **fields}.items() if value is not None}


def test_a_sitting_of_scorm_1_2(tmp_path: Path) -> None:
    audit = case(tmp_path, "scorm.jsonl", json_lines(old()))
    found = [(row["kind"], row["at_us"] % 3_600_000_000 // 1000, row["item_id"]) for row in rows(audit)]
    assert found == [
        ("view", 599_500, None), ("answer", 1_200_000, "q1"), ("answer", 1_800_000, "q2"),
        ("assessment_submit", 1_800_000, None), ("complete", 1_800_000, None), ("timeout", 1_800_000, None),
    ]  # fmt: skip
    first, answer, wrong, submit, complete, _ = rows(audit)
    assert {row["participant_id"] for row in rows(audit)} == {"u1"}
    assert (first["session_id"], first["activity_id"], complete["object_id"]) == ("L1", "C1", "S1")
    assert (answer["score"], answer["max_score"], answer["response"], answer["attempt_id"]) == (
        2,
        2,
        "b",
        "2",
    )
    assert (wrong["score"], wrong["max_score"], submit["score"], submit["max_score"]) == (0, 1, 8, 10)
    assert len(notices(audit)) == 2  # the start is computed, one answer has no time
    assert ledger(audit)[0][1:] == ("scorm", 6, 6, 0, 0)


def test_a_sitting_of_scorm_2004_nested(tmp_path: Path) -> None:
    cmi = {
        "learner_id": "u2", "completion_status": "completed", "success_status": "unknown",
        "session_time": "PT5M",
        "exit": "suspend", "score": {"scaled": 0.75},
        "interactions": [{"id": "urn:q1", "timestamp": "2025-09-01T10:01:00.0Z", "result": "incorrect",
                          "learner_response": "x"}],
    }  # fmt: skip
    records = [{"updated": "2025-09-01T10:05:00Z", "courseId": "C1", "cmi": cmi}]
    audit = case(tmp_path, "scorm.json", json.dumps(records, indent=1))
    assert [row["kind"] for row in rows(audit)] == ["view", "answer", "complete", "heartbeat"]
    assert rows(audit)[1]["at_us"] == 1_756_720_860_000_000
    cmi["success_status"] = "failed"
    submit = rows(case(tmp_path / "b", "scorm.jsonl", json_lines(records[0])))[2]
    assert (submit["kind"], submit["score"], submit["max_score"]) == ("assessment_submit", 0.75, 1)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"timestamp": None}, "has no date"),
        ({"cmi.core.student_id": None}, "no participant"),
        ({"timestamp": "10:00"}, "timestamp cannot be read"),
        ({"cmi.core.student_id": "u\ud800"}, "is not valid UTF-8"),
        ({"cmi.core.student_id": "u\0"}, "contains a NUL byte"),
    ],
)
def test_who_and_when_must_be_said(fields: Row, reason: str, tmp_path: Path) -> None:
    audit = case(tmp_path, "scorm.jsonl", json_lines(old(), old(**fields)))
    found = rejects(audit)
    assert {line for line, _ in found} == {2}
    assert all(reason in text for _, text in found)
    read, stored, duplicate, rejected = ledger(audit)[0][2:]
    assert (read, duplicate) == (stored + rejected, 0)


def registration(**fields: Any) -> Row:
    """A registration of SCORM Cloud."""
    answer = {
        "id": "q1",
        "timestampUtc": "2025-09-01T10:10:00.000Z",
        "result": "correct",
        "learnerResponse": "a",
    }
    runtime = {"totalTime": "0000:50:00.00", "timeTracked": "0000:49:00.00", "runtimeInteractions": [answer]}
    return {
        "id": "r1", "instance": 0, "registrationCompletion": "COMPLETED", "registrationSuccess": "PASSED",
        "score": {"scaled": 80.0}, "totalSecondsTracked": 3000.0,
        "firstAccessDate": "2025-09-01T10:00:00.000Z",
        "lastAccessDate": "2025-09-01T11:00:00.000Z", "completedDate": "2025-09-01T10:50:00.000Z",
        "course": {"id": "C1"}, "learner": {"id": "u1"},
        "activityDetails": {"id": "A0", "children": [{"id": "A1", "runtime": runtime}]}, **fields,
    }  # fmt: skip


def test_a_registration_of_scorm_cloud(tmp_path: Path) -> None:
    page: Row = {
        "registrations": [registration(), registration(learner={}), registration(id="r2")],
        "more": None,
    }
    page["registrations"][2]["activityDetails"]["children"][0]["runtime"]["timeTracked"] = "0000:48:59.99"
    audit = case(tmp_path, "page.json", json.dumps(page))
    found = rows(audit)[:5]
    assert [row["kind"] for row in found] == ["view", "heartbeat", "answer", "complete", "assessment_submit"]
    assert {row["activity_id"] for row in found} == {"C1"}
    assert (found[2]["item_id"], found[2]["attempt_id"], found[2]["object_id"]) == ("q1", "r1/0", "A1")
    assert (found[4]["score"], found[4]["max_score"], found[4]["attempt_id"]) == (80, 100, "r1/0")
    assert [reason for _, reason in rejects(audit)] == ["no participant: the registration names no learner"]
    # One minute apart is nothing, more is told.
    (told,) = notices(audit)
    assert "than the player measured: 1," in told


def test_launches_are_sittings(tmp_path: Path) -> None:
    launches = [{"id": "l1", "launchTime": "2025-09-01T10:00:00Z", "exitTime": "2025-09-01T10:20:00Z"}]
    entry = registration(launchHistory=launches, completedDate=None, registrationSuccess="UNKNOWN")
    audit = case(tmp_path, "r.jsonl", json_lines(entry))
    assert [(row["kind"], row["session_id"]) for row in rows(audit)] == [
        ("view", "l1"), ("logout", "l1"), ("answer", None), ("complete", None),
    ]  # fmt: skip
    assert "no date of completion" in notices(audit)[0]


def test_aicc_requests(tmp_path: Path) -> None:
    core = "%5Bcore%5D%0D%0AStudent_ID%3Du1%0D%0Alesson_status%3Di%0D%0A"
    done = "%5BCORE%5D%0D%0Alesson_status%3Dpass%0D%0Ascore%3D87%2C90%0D%0Atime%3D00%3A23%3A15"
    lines = [
        f"2025-09-01T10:00:00Z POST command=GetParam&session_id=s1&aicc_data={core}",
        f"2025-09-01T10:20:00Z POST session_id=s1&command=PutParam&version=4.0&aicc_data={done}",
        "2025-09-01T10:20:01Z POST command=ExitAU&session_id=s1",
        "2025-09-01T10:20:02Z POST command=ExitAU&session_id=s2",
        "command=ExitAU&session_id=s1",
        "2025-09-01T10:20:03Z GET /",
    ]
    audit = case(tmp_path, "hacp.log", "\n".join(lines))
    found = [
        (row["kind"], row["participant_id"], row["session_id"], row["score"], row["max_score"])
        for row in rows(audit)
    ]
    assert found == [
        ("view", "u1", "s1", None, None), ("heartbeat", "u1", "s1", None, None),
        ("assessment_submit", "u1", "s1", 87, 90), ("complete", "u1", "s1", None, None),
        ("logout", "u1", "s1", None, None),
    ]  # fmt: skip
    assert [(line, reason.partition(":")[0]) for line, reason in rejects(audit)] == [
        (4, "no participant"), (5, "has no date"), (6, "is no HACP request"),
    ]  # fmt: skip


def test_one_request_alone_says_neither_who_nor_when(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="says how long but neither when nor who"):
        case(tmp_path, "a.txt", "[core]\r\nlesson_status=pass\r\nscore=87\r\ntime=00:23:15\r\n")


def test_a_form_is_found_in_a_long_line_at_once() -> None:
    started = time.process_time()
    # One pattern for the whole line would try every way to divide it; a table of web events took hours.
    assert _form("x " + "page=1&" * 5_000 + "end") is None
    assert _form("?" * 50_000 + "a=1&command") is None
    found = _form('"POST https://x.org/hacp.asp?Session_ID=s1&aicc_url=a?b=c&version=2&command=GetParam" 200')
    assert found == {"session_id": "s1", "aicc_url": "a?b=c", "version": "2", "command": "GetParam"}
    assert time.process_time() - started < 2
