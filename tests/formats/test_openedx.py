"""Open edX tracking logs: what each kind of line becomes, in both shapes."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import duckdb
import pytest

from analyser.formats.base import first_match
from analyser.ingest.project import UNREADABLE, describe_fault
from analyser.schema.inputs import EVENTS

from .support import Row, case, json_lines, ledger, rejects, rows

if TYPE_CHECKING:
    from pathlib import Path

COURSE = "course-v1:Org+C1+2026"
BLOCK = "block-v1:Org+C1+2026+type@{kind}+block@{name}"
CLIP = "0b9e39477cf34507a7a48f74be381fdd"
PROBLEM = f"/courses/{COURSE}/xblock/{BLOCK.format(kind='problem', name='p1')}/handler/xmodule_handler"
AT = "2026-03-01T01:02:03.456789+00:00"
AT_US = 1_772_326_923_456_789


def old(event_type: str, event: object = None, source: str = "browser", **more: object) -> Row:
    """A line of the old shape; `event` is JSON text in a browser's line."""
    body = json.dumps(event or {}) if source == "browser" else event or {}
    return {
        "username": "anna", "event_type": event_type, "event_source": source, "time": AT, "event": body,
        "ip": "10.0.0.1", "agent": "Browser/1", "page": None, "session": "f" * 32,
        "context": {"user_id": 5, "course_id": COURSE, "path": "/event"}, **more,
    }  # fmt: skip


def new(name: str, data: Row, source: str = "browser") -> Row:
    """A line of the newer shape."""
    return {
        "name": name, "timestamp": AT, "data": data,
        "context": {"user_id": 5, "username": "anna", "course_id": COURSE, "event_source": source,
                    "ip": "10.0.0.1", "agent": "Browser/1", "session": "f" * 32},
    }  # fmt: skip


def one(tmp_path: Path, entry: Row) -> Row:
    audit = case(tmp_path, "tracking.log", json_lines(entry))
    assert rejects(audit) == []
    (row,) = rows(audit)
    return row


@pytest.mark.parametrize("shape", [old, new])
def test_a_clip_in_both_shapes(tmp_path: Path, shape: object) -> None:
    make = old if shape is old else new
    row = one(tmp_path, make("play_video", {"id": CLIP, "currentTime": 15.5, "duration": 195}))
    assert (row["kind"], row["object_id"], row["duration_us"]) == ("media_play", CLIP, 179_500_000)
    assert (row["at_us"], row["participant_id"], row["activity_id"]) == (AT_US, "anna", COURSE)
    assert (row["session_id"], row["ip"], row["device"]) == (None, "10.0.0.1", "Browser/1")


def test_a_clip_without_length(tmp_path: Path) -> None:
    row = one(tmp_path, old("play_video", {"id": CLIP, "currentTime": 3}))
    assert (row["kind"], row["duration_us"]) == ("media_play", None)


def test_server_line_of_a_problem_is_the_answer(tmp_path: Path) -> None:
    key = BLOCK.format(kind="problem", name="p1")
    event = {"problem_id": key, "grade": 1, "max_grade": 2, "answers": {"p1_2_1": "choice_0"}}
    row = one(tmp_path, old("problem_check", event, source="server"))
    assert (row["kind"], row["item_id"], row["object_id"], row["attempt_id"]) == ("answer", "p1", "p1", None)
    assert (row["score"], row["max_score"], row["response"]) == (1.0, 2.0, '{"p1_2_1":"choice_0"}')


def test_browser_line_of_a_problem_is_the_click(tmp_path: Path) -> None:
    entry = old("problem_check", page="http://lms/courses/x/?a=1#b")
    row = one(tmp_path, {**entry, "event": "input_1=choice_0"})
    assert (row["kind"], row["item_id"], row["object_id"]) == ("interact", None, "/courses/x/")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("created", "interact"),
        ("started", "assessment_start"),
        ("submitted", "assessment_submit"),
        ("timed_out", "assessment_submit"),
    ],
)
def test_special_exam(tmp_path: Path, status: str, kind: str) -> None:
    event = {"exam_content_id": BLOCK.format(kind="sequential", name="s1"), "attempt_id": 12}
    row = one(tmp_path, old(f"edx.special_exam.timed.attempt.{status}", event, source="server"))
    assert (row["kind"], row["attempt_id"], row["object_id"]) == (kind, "12", "s1")


def test_review_of_an_exam_does_not_belong_to_the_attempt(tmp_path: Path) -> None:
    row = one(tmp_path, old("edx.special_exam.timed.attempt.verified", {"attempt_id": 12}, source="server"))
    assert (row["kind"], row["attempt_id"]) == ("heartbeat", None)


@pytest.mark.parametrize(("share", "kind"), [(1.0, "complete"), (0.5, "heartbeat"), (None, "heartbeat")])
def test_only_a_whole_block_is_complete(tmp_path: Path, share: float | None, kind: str) -> None:
    data = {"block_id": BLOCK.format(kind="video", name=CLIP), "completion": share}
    row = one(tmp_path, new("edx.completion.block_completion.changed", data, source="server"))
    # The same object as the clip's own events.
    assert (row["kind"], row["object_id"]) == (kind, CLIP)


@pytest.mark.parametrize(
    ("path", "kind", "object_id"),
    [
        (f"/courses/{COURSE}/courseware/a1/b2/", "view", f"/courses/{COURSE}/courseware/a1/b2/"),
        ("/dashboard", "view", "/dashboard"),
        (f"{PROBLEM}/problem_check", "interact", "p1"),
        (f"{PROBLEM}/problem_get", "heartbeat", "p1"),
        (f"{PROBLEM}/save_user_state", "heartbeat", "p1"),
        (f"/courses/{COURSE}/xblock/i4x:;_;_Org;_C1;_problem;_p1/handler/xmodule_handler/problem_show",
         "interact", "p1"),
        (f"/courses/{COURSE}/instructor/api/list_instructor_tasks", "heartbeat", None),
        (f"/courses/{COURSE}/discussion/threads/5/reply", "interact", None),
        ("/notifier_api/v1/users/", "heartbeat", "/notifier_api/v1/users/"),
        ("/heartbeat", "heartbeat", "/heartbeat"),
        ("/user_api/v1/account/login_session/", "login", None),
        ("/logout", "logout", "/logout"),
        ("/no/such/page.php?x=/courses/", "heartbeat", "/no/such/page.php"),
    ],
)  # fmt: skip
def test_requests(tmp_path: Path, path: str, kind: str, object_id: str | None) -> None:
    row = one(tmp_path, old(path, {"POST": {}, "GET": {}}, source="server"))
    assert row["kind"] == kind
    if object_id:
        assert row["object_id"] == object_id


@pytest.mark.parametrize(
    ("post", "kind"),
    [({"saved_video_position": ["00:06:05"]}, "media_pause"), ({"speed": ["1.5"]}, "heartbeat")],
)
def test_the_player_stores_its_position_when_it_stops(tmp_path: Path, post: Row, kind: str) -> None:
    block = BLOCK.format(kind="video", name=CLIP)
    path = f"/courses/{COURSE}/xblock/{block}/handler/xmodule_handler/save_user_state"
    row = one(tmp_path, old(path, json.dumps({"POST": post, "GET": {}}), source="server"))
    assert (row["kind"], row["object_id"]) == (kind, CLIP)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("page_close", "heartbeat"),
        ("load_video", "heartbeat"),
        ("seq_next", "view"),
        ("edx.ui.lms.link_clicked", "interact"),
        ("edx.ui.lms.sequence.next_selected", "view"),
        ("edx.forum.thread.created", "post"),
        ("edx.forum.thread.voted", "interact"),
        ("edx.grades.problem.submitted", "heartbeat"),
        ("edx.course.enrollment.activated", "heartbeat"),
        ("stop_video", "media_end"),
        ("some.plugin.event", "other"),
    ],
)
def test_named_events(tmp_path: Path, name: str, kind: str) -> None:
    row = one(tmp_path, old(name))
    assert (row["kind"], row["word"]) == (kind, name if kind == "other" else None)


def test_who(tmp_path: Path) -> None:
    context = {"course_id": COURSE}
    audit = case(
        tmp_path,
        "tracking.log",
        json_lines(
            old("seq_next"),
            old("seq_next", username=""),
            old("seq_next", username="", context=context),
            old("seq_next", username="anonymous", context=context),
            old("seq_next", username=None, context={"user_id": None}),
        ),
    )
    assert [row["participant_id"] for row in rows(audit)] == ["anna", "5"]
    assert [(line, reason.partition(":")[0]) for line, reason in rejects(audit)] == [
        (line, "no participant") for line in (3, 4, 5)
    ]


@pytest.mark.parametrize(
    ("time", "us"),
    [
        ("2026-03-01T01:02:03+00:00", AT_US - 456_789),
        ("2026-03-01T01:02:03.456789", AT_US),  # without an offset it is UTC here
        ("2026-03-01T01:02:03.456789Z", AT_US),
        ("2026-03-01T09:02:03.456789+08:00", AT_US),
    ],
)
def test_time(tmp_path: Path, time: str, us: int) -> None:
    assert one(tmp_path, old("seq_next", time=time))["at_us"] == us


def test_damage_is_rejected_line_by_line(tmp_path: Path) -> None:
    whole = json.dumps(old("seq_next"))
    lines = [
        whole,
        whole[:-1],  # a missing brace
        "# " + whole,  # commented out
        whole.replace("Browser", "Brow\x01ser"),
        "[1, 2]",
        "7",
        "{}",
        "2026-03-01 01:02:03,461 INFO 20 [tracking] [user 5] [ip None] logger.py:41 - " + whole,
        json.dumps(old("seq_next", time="yesterday")),
        whole + whole,
        json.dumps({**old("seq_next"), "event_type": None}),
    ]
    audit = case(tmp_path, "tracking.log", "\n".join(lines) + "\n")
    assert len(rows(audit)) == 2
    assert dict(rejects(audit)) == {
        2: "is not a JSON object",
        3: "is a comment line",
        4: "is not a JSON object",
        5: "is not a JSON object",
        6: "is not a JSON object",
        7: "is no tracking event: it has neither a name nor a time",
        9: describe_fault(EVENTS, 8 + UNREADABLE)[1],
        10: "is not a JSON object",
        11: "event is empty; every row needs it",
    }
    # Line 8 is line 1 with a logger's prefix, so one of the two is a copy.
    assert ledger(audit)[0][2:] == (11, 1, 1, 9)


def test_nul_block_and_empty_lines_keep_the_lines_right(tmp_path: Path) -> None:
    whole = json.dumps(old("seq_next")).encode()
    text = whole + b"\n" + b"\0" * 300 + b"\n\n" + json.dumps(old("page_close")).encode() + b"\n# note\n"
    audit = case(tmp_path, "tracking.log-20260301-1772326923.gz", gzip.compress(text))
    assert rejects(audit) == [(2, "contains a NUL byte"), (5, "is a comment line")]
    assert ledger(audit)[0][1:] == ("openedx", 4, 2, 0, 2)
    lines = audit.connection.execute("SELECT row_no, shift FROM line_shift ORDER BY row_no").fetchall()
    assert lines == [(0, 1), (1, 3)]


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    row = one(tmp_path, old("x'); DROP TABLE event; --", username="o'{rows}{lines}"))
    assert (row["word"], row["participant_id"]) == ("x'); DROP TABLE event; --", "o'{rows}{lines}")


def test_ends_in_one_of_many() -> None:
    # Three and more are looked for as one pattern, in which no sign has a meaning of its own.
    rule = {"contains": ["/a"], "ends": [".js", ".c+", "/(x)"], "word": "view"}
    names = ["/a.js", "/axjs", "/a.c+", "/a/(x)", "/a.js\n", ".js", "/a.cc", "/a.jsx"]
    asked = f"SELECT {first_match([rule], 'name')} FROM (SELECT unnest($1) AS name)"
    found = duckdb.execute(asked, [names]).fetchall()
    assert found == [("view",), (None,), ("view",), ("view",), (None,), (None,), (None,), (None,)]
