"""Caliper events: what each becomes, what is refused, what is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from analyser.errors import InputError

from .support import Row, case, json_lines, ledger, real, rejects, rows
from .test_xapi import notices

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://lms.example"
USER = {"id": f"{SITE}/users/7", "type": "Person"}
COURSE = {"id": f"{SITE}/courses/1", "type": "CourseSection"}


def event(kind: str = "ViewEvent", action: str = "Viewed", **fields: Any) -> Row:
    """A sound event; fields replace its own, None takes one out."""
    made: Row = {
        "@context": "http://purl.imsglobal.org/ctx/caliper/v1p2",
        "id": "urn:uuid:cd088ca7-c044-405c-bb41-0b2a8506f907",
        "type": kind,
        "actor": USER,
        "action": action,
        "object": {"id": f"{SITE}/pages/1", "type": "Page"},
        "eventTime": "2025-09-01T10:00:00.000Z",
        "group": COURSE,
        "session": {"id": f"{SITE}/sessions/9", "type": "Session"},
    }
    return {key: value for key, value in {**made, **fields}.items() if value is not None}


def one(tmp_path: Path, entry: Row) -> Row:
    audit = case(tmp_path, "events.jsonl", json_lines(entry))
    assert rejects(audit) == []
    (row,) = rows(audit)
    return row


def test_a_page_that_was_viewed_thinned_or_not(tmp_path: Path) -> None:
    full = one(tmp_path, event())
    assert (full["kind"], full["participant_id"], full["session_id"]) == (
        "view",
        USER["id"],
        f"{SITE}/sessions/9",
    )
    assert (full["activity_id"], full["object_id"]) == (COURSE["id"], f"{SITE}/pages/1")
    thin = {name: value["id"] for name, value in event().items() if isinstance(value, dict)}
    assert one(tmp_path / "thin", event(**thin)) == full


def test_version_1_0_writes_addresses_and_at_signs(tmp_path: Path) -> None:
    entry = {
        "@context": "http://purl.imsglobal.org/ctx/caliper/v1/Context",
        "@type": "http://purl.imsglobal.org/caliper/v1/SessionEvent",
        "actor": {"@id": f"{SITE}/app", "@type": "http://purl.imsglobal.org/caliper/v1/SoftwareApplication"},
        "action": "http://purl.imsglobal.org/vocab/caliper/v1/action#TimedOut",
        "object": {
            "@id": f"{SITE}/sessions/9", "@type": "http://purl.imsglobal.org/caliper/v1/Session",
            "user": {"@id": USER["id"]}, "startedAtTime": "2025-09-01T10:00:00.000Z",
            "endedAtTime": "2025-09-01T10:30:00.000Z", "duration": "PT1800S",
        },
        "eventTime": "2025-09-01T10:00:00.000Z",
    }  # fmt: skip
    row = one(tmp_path, entry)
    # Its eventTime is the session's start.
    assert (row["kind"], row["participant_id"], row["session_id"]) == (
        "timeout",
        USER["id"],
        f"{SITE}/sessions/9",
    )
    assert row["at_us"] == 1_756_722_600_000_000


def test_an_envelope_and_its_descriptions(tmp_path: Path) -> None:
    data = [event(), {"@context": "x", "id": USER["id"], "type": "Person"}, event("SessionEvent", "LoggedIn")]
    data[2]["object"] = {"id": SITE, "type": "SoftwareApplication"}
    envelope = {"sensor": SITE, "sendTime": "2025-09-01T10:00:01.000Z", "data": data}
    for number, indent in enumerate((None, 2)):
        audit = case(tmp_path / str(number), "e.json", json.dumps(envelope, indent=indent))
        assert [row["kind"] for row in rows(audit)] == ["view", "login"]
        assert [reason for _, reason in rejects(audit)] == [
            "describes a thing and is no event: nothing happened"
        ]
        assert ledger(audit)[0][2:] == (3, 2, 0, 1)


FAULTS: list[tuple[Row | str, str]] = [
    (event(actor=None), "has no actor"),
    (event(actor="nobody"), "identifier is malformed"),
    (event(actor={"id": SITE, "type": "SoftwareApplication"}), "the actor is not a person"),
    (event(action=None), "has no action"),  # type: ignore[arg-type]  # taken out on purpose
    (event(kind=None), "has no type"),  # type: ignore[arg-type]  # taken out on purpose
    (event(object=None), "has no object"),
    (event(object=USER), "to which this cannot be done"),
    (event("MediaEvent", "Paused"), "to which this cannot be done"),
    (event(eventTime=None), "has no eventTime"),
    (event(eventTime="yesterday"), "timestamp cannot be read"),
    (event("SessionEvent", "TimedOut", actor={"id": SITE, "type": "SoftwareApplication"},
           object={"id": f"{SITE}/s", "type": "Session"}), "neither the session's user"),
    (json.dumps(event())[:-1] + ', "actor": "https://lms.example/users/8"}', "has a name twice"),
    (json.dumps(event())[:-1], "is not a JSON object"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "reason"), FAULTS)
def test_who_what_and_when_must_be_said(tmp_path: Path, entry: Row | str, reason: str) -> None:
    audit = case(tmp_path, "events.jsonl", json_lines(event(), event(), entry))
    ((line, found),) = rejects(audit)
    assert (line, reason in found) == (3, True), found


def test_a_clip_plays_for_what_is_left_of_it(tmp_path: Path) -> None:
    clip = {"id": f"{SITE}/clip", "type": "VideoObject", "duration": "PT20M20S"}
    place = {"id": f"{SITE}/clip?t=321", "type": "MediaLocation", "currentTime": "PT05M21S"}
    acts = ("Started", "Paused", "Resumed", "Ended", "JumpedTo")
    made = [event("MediaEvent", act, object=clip, target=place) for act in acts]
    audit = case(
        tmp_path, "e.jsonl", json_lines(*made, {**made[0], "extensions": {"transformerVersion": "x"}})
    )
    assert [(row["kind"], row["duration_us"]) for row in rows(audit)] == [
        ("media_play", 899_000_000), ("media_pause", None), ("media_play", 899_000_000), ("media_end", None),
        ("interact", None), ("heartbeat", None),
    ]  # fmt: skip


def test_a_grade_reaches_its_submission_from_any_file(tmp_path: Path) -> None:
    attempt = {"id": f"{SITE}/attempts/1", "type": "Attempt", "assignee": USER["id"]}
    paper = {"id": f"{SITE}/quiz/1", "type": "Assessment"}
    item = {"id": f"{SITE}/quiz/1/items/3", "type": "AssessmentItem"}
    reply = {"id": "x:r", "type": "FillinBlankResponse", "values": ["a"], "attempt": {"isPartOf": attempt}}

    def graded(score: int, minute: int) -> Row:
        made = {"id": "x:s", "type": "Score", "scoreGiven": score, "maxScore": 15}
        return event(
            "GradeEvent", "Graded", actor={"id": SITE, "type": "SoftwareApplication"}, generated=made,
            object={**attempt, "assignable": paper}, eventTime=f"2025-09-02T10:{minute}:00Z",
        )  # fmt: skip

    case(tmp_path, "z.jsonl", json_lines(graded(10, 20), graded(12, 10)))
    audit = case(tmp_path, "a.jsonl", json_lines(
        event("AssessmentEvent", "Started", object=paper, generated=attempt),
        event("AssessmentItemEvent", "Completed", object=item, generated=reply),
        event("AssessmentEvent", "Submitted", object=paper, generated=attempt["id"]),
    ))  # fmt: skip
    start, answer, submit, *grades = rows(audit)
    assert (start["kind"], answer["kind"], submit["kind"]) == (
        "assessment_start",
        "answer",
        "assessment_submit",
    )
    assert {row["attempt_id"] for row in (start, answer, submit)} == {attempt["id"]}
    assert (answer["item_id"], answer["response"]) == (item["id"], '["a"]')
    # The last grade counts, and neither is an act of the learner or part of a sitting.
    assert (submit["score"], submit["max_score"]) == (10, 15)
    assert {(row["kind"], row["participant_id"]) for row in grades} == {("heartbeat", USER["id"])}
    assert all(row["session_id"].startswith("system/") for row in grades)


def test_a_stated_length_that_contradicts_the_times_is_told(tmp_path: Path) -> None:
    def left(length: str) -> Row:
        session = {
            "id": f"{SITE}/s",
            "startedAtTime": "2025-09-01T10:00:00Z",
            "endedAtTime": "2025-09-01T11:05:00Z",
        }
        app = {"id": SITE, "type": "SoftwareApplication"}
        return event("SessionEvent", "LoggedOut", object=app, session={**session, "duration": length})

    audit = case(tmp_path, "e.jsonl", json_lines(*map(left, ("PT3900S", "PT1H5M1S", "PT3898S", "PT3000S"))))
    assert len(rows(audit)) == 4
    (told,) = notices(audit)
    assert "from its start to its end: 2, the first in line 3" in told


def fixtures(folder: str) -> dict[str, str]:
    """Name -> text of the fixtures of one folder."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(real(folder).glob("*.json"))}


def test_no_wrong_fixture_passes_as_clean(tmp_path: Path) -> None:
    found = fixtures("caliper/v1p2/commonErrorFixtures")
    assert len(found) == 279
    # One is no JSON at all.
    with pytest.raises(InputError, match="not recognised"):
        case(tmp_path / "bad", "bad.json", found.pop("caliperEntity-BadJson"))
    # Another is damaged too, so the texts are put on one line as they are.
    audit = case(tmp_path, "c.jsonl", json_lines(*(" ".join(text.split()) for text in found.values())))
    odd = audit.connection.execute(
        "SELECT rowid FROM event WHERE fault IS NULL AND remark IS NOT NULL"
    ).fetchall()
    refused = {line for line, _ in rejects(audit)}
    names = list(found)
    assert refused | {row + 1 for (row,) in odd} == set(range(1, 279))
    # Without an actor, an action, an object, a type or a time nothing is read.
    for number, name in enumerate(names, 1):
        part = name.removeprefix("caliperEvent-")
        if part.startswith(("No", "Null")) and not part.endswith("Id"):
            assert number in refused, name
    others = {row["word"] for row in rows(audit) if row["kind"] == "other"}
    assert {"ViewEvent/NotAnAction", "NotACaliperEventType/Viewed", "MediaEvent/Deleted"} <= others


@pytest.mark.parametrize("version", ["v1p1", "v1p2"])
def test_the_right_fixtures_are_read(version: str, tmp_path: Path) -> None:
    found = fixtures(f"caliper/{version}")
    events = {name: text for name, text in found.items() if name.startswith("caliperEvent")}
    audit = case(tmp_path, "c.jsonl", "\n".join(json.dumps(json.loads(text)) for text in events.values()))
    assert rejects(audit) == []
    # The official log-out states 50 minutes for a session of 65.
    assert len(notices(audit)) == 1
    kinds = {
        name.removeprefix("caliperEvent"): row["kind"] for name, row in zip(events, rows(audit), strict=True)
    }
    expected = {"SessionLoggedIn": "login", "SessionLoggedOut": "logout", "SessionTimedOut": "timeout",
                "MediaPausedVideo": "media_pause", "AssessmentStarted": "assessment_start",
                "ViewViewed": "view", "AssessmentSubmitted": "assessment_submit",
                "AssessmentItemCompleted": "answer",
                "MessagePosted": "post", "GradeGraded": "heartbeat"}  # fmt: skip
    assert {name: kinds[name] for name in expected} == expected
    for name, text in found.items():
        if name.startswith("caliperEnvelope"):
            envelope = case(tmp_path / name, f"{name}.json", text)
            data = json.loads(text)["data"]
            happened = sum("action" in entry for entry in data)
            assert ledger(envelope)[0][2:] == (len(data), happened, 0, len(data) - happened), name
