"""One trail written in several formats. A format is added here with a writer and the words it can carry."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

Event = dict[str, str]
_HONG_KONG = timezone(timedelta(hours=8))
_FIRST = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Writer:
    """How a trail is written.

    Attributes:
        name: the format it must be recognised as.
        words: what the format can say; a trail with other words is not the same in it.
        write: the trail as the text of one file.
    """

    name: str
    words: frozenset[str]
    write: Callable[[list[Event]], str]


COURSES = {"36": {"pages": ("cm/57", "cm/58"), "quiz": "cm/77"}, "41": {"pages": ("cm/91",), "quiz": "cm/99"}}
# What the learner's record says in the canonical words -> Moodle's event, and what its report calls it.
_MOODLE = {
    "login": (r"\core\event\user_loggedin", "User has logged in", "has logged in."),
    "logout": (r"\core\event\user_loggedout", "User logged out", "has logged out."),
    "view": (r"\mod_page\event\course_module_viewed", "Course module viewed",
             "viewed the 'page' activity with course module id '{cm}'. It is in the course with "
             "id '{course}'."),
    "assessment_start": (r"\mod_quiz\event\attempt_started", "Quiz attempt started",
                         "has started the attempt with id '{attempt}' for the quiz with course "
                         "module id '{cm}'. "
                         "It is in the course with id '{course}'."),
    "assessment_submit": (r"\mod_quiz\event\attempt_submitted", "Quiz attempt submitted",
                          "has submitted the attempt with id '{attempt}' for the quiz with "
                          "course module id '{cm}'. "
                          "It is in the course with id '{course}'."),
    "complete": (r"\core\event\course_module_completion_updated", "", ""),
    "verify": (r"\tool_mfa\event\user_passed_mfa", "", ""),
    "post": (r"\mod_forum\event\post_created", "Post created",
             "has created the post in the forum with course module id '{cm}' in the course with "
             "id '{course}'."),
}  # fmt: skip


def trail(seed: int, words: frozenset[str]) -> list[Event]:
    """Sittings of a few people, with nothing but these words; times are whole seconds."""
    rng = random.Random(seed)
    events: list[Event] = []
    for person in range(101, 104):
        now = _FIRST + timedelta(minutes=rng.randrange(90))
        for sitting in range(rng.randrange(2, 5)):
            now += timedelta(hours=rng.randrange(5, 30))
            events += _sitting(rng, str(person), str(700 + person * 10 + sitting), now)
    return [event for event in events if event["event"] in words]


def _sitting(rng: random.Random, person: str, attempt: str, now: datetime) -> list[Event]:
    course = rng.choice(sorted(COURSES))
    pages, quiz = COURSES[course]["pages"], str(COURSES[course]["quiz"])
    what: list[Event] = [{"event": "login"}]
    what.append({"event": "verify", "factor": "otp_app", "purpose": "login", "outcome": "pass"})
    for _ in range(rng.randrange(4, 25)):
        page = {"activity_id": course, "object_id": rng.choice(pages)}
        what.append({"event": rng.choice(("view", "view", "view", "post", "complete")), **page})
    if rng.random() < 0.6:
        paper = {"activity_id": course, "object_id": quiz, "attempt_id": attempt}
        what += [{"event": "assessment_start", **paper}, {"event": "assessment_submit", **paper}]
    if rng.random() < 0.7:
        what.append({"event": "logout"})
    events = []
    for event in what:
        now += timedelta(seconds=rng.choice((5, 60, 300, 900)) + rng.randrange(50))
        events.append({"timestamp": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "participant_id": person, **event})
    return events


def _csv(names: list[str], rows: list[dict[str, str]], null: str = "") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval=null, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _canonical(events: list[Event]) -> str:
    return _csv(list(dict.fromkeys(key for event in events for key in event)), events)


def _canonical_lines(events: list[Event]) -> str:
    return "".join(json.dumps(event) + "\n" for event in events)


def _log(events: list[Event]) -> str:
    rows = []
    for number, event in enumerate(events):
        word, person = event["event"], event["participant_id"]
        other = {
            "verify": {"userid": int(person), "debug": "<br> Factor totp status: pass"},
            "complete": {"relateduserid": int(person), "overrideby": None, "completionstate": 1},
        }
        about = word in {"assessment_start", "assessment_submit", "complete"}
        cells = {
            "id": str(number), "eventname": _MOODLE[word][0], "userid": person,
            "courseid": event.get("activity_id", "0"), "objectid": event.get("attempt_id", "5"),
            "contextlevel": "70" if "object_id" in event else "10",
            "contextinstanceid": event.get("object_id", "cm/0").removeprefix("cm/"),
            "timecreated": str(int(datetime.fromisoformat(event["timestamp"]).timestamp())), "origin": "web",
            "other": json.dumps(other.get(word)),
        }  # fmt: skip
        rows.append(cells | ({"relateduserid": person} if about else {}))
    names = ["id", "eventname", "objecttable", "objectid", "contextlevel", "contextinstanceid", "userid",
             "courseid", "relateduserid", "other", "timecreated", "origin", "ip", "realuserid"]  # fmt: skip
    return _csv(names, rows, "NULL")


def _report(events: list[Event]) -> str:
    rows = []
    for event in reversed(events):
        _, name, text = _MOODLE[event["event"]]
        where = {"cm": event.get("object_id", "").removeprefix("cm/"), "course": event.get("activity_id"),
                 "attempt": event.get("attempt_id")}  # fmt: skip
        at = datetime.fromisoformat(event["timestamp"]).astimezone(_HONG_KONG)
        rows.append({
            "Time": at.strftime("%d/%m/%y, %H:%M:%S"), "User full name": "Somebody", "Affected user": "-",
            "Event context": "Page: X", "Component": "Page", "Event name": name, "Origin": "web",
            "Description": f"The user with id '{event['participant_id']}' {text.format(**where)}",
        })  # fmt: skip
    names = ["Time", "User full name", "Affected user", "Event context", "Component", "Event name",
             "Description", "Origin", "IP address"]  # fmt: skip
    return _csv(names, rows)


SITE = "https://lms.example.org"
_ADL, _ACROSS = "http://adlnet.gov/expapi/", "https://w3id.org/xapi/acrossx/verbs/"
# Our word -> the verb and the kind of thing it is said of.
_XAPI = {
    "login": ("https://w3id.org/xapi/adl/verbs/logged-in", "http://id.tincanapi.com/activitytype/lms"),
    "logout": ("https://w3id.org/xapi/adl/verbs/logged-out", "http://id.tincanapi.com/activitytype/lms"),
    "view": (_ACROSS + "viewed", _ADL + "activities/module"),
    "post": (_ACROSS + "posted", "http://id.tincanapi.com/activitytype/discussion"),
    "complete": (_ADL + "verbs/completed", _ADL + "activities/module"),
    "assessment_start": (_ADL + "verbs/attempted", _ADL + "activities/assessment"),
    "assessment_submit": (_ADL + "verbs/completed", _ADL + "activities/assessment"),
}


def _statements(events: list[Event]) -> str:
    """A statement a line. A store would ask for addresses as ids; the reader takes what stands there."""
    lines = []
    for number, event in enumerate(events):
        verb, kind = _XAPI[event["event"]]
        around = []
        if "activity_id" in event:
            around.append(_thing(event["activity_id"], _ADL + "activities/course"))
        if "attempt_id" in event:
            around.append(_thing(event["attempt_id"], _ADL + "activities/attempt"))
        statement = {
            "id": f"00000000-0000-4000-8000-{number:012x}",
            "actor": {"account": {"homePage": SITE, "name": event["participant_id"]}},
            "verb": {"id": verb},
            "object": _thing(event.get("object_id", SITE), kind),
            "timestamp": event["timestamp"],
        }
        if around:
            statement["context"] = {"contextActivities": {"grouping": around}}
        lines.append(json.dumps(statement) + "\n")
    return "".join(lines)


def _thing(name: str, kind: str) -> dict[str, object]:
    return {"id": name, "definition": {"type": kind}}


_EVERY = frozenset(_MOODLE)
WRITERS = (
    Writer("csv", _EVERY, _canonical),
    Writer("jsonl", _EVERY, _canonical_lines),
    Writer("moodle-log", _EVERY, _log),
    Writer("xapi", frozenset(_XAPI), _statements),
    Writer("moodle-report", _EVERY - {"verify", "complete"}, _report),
)  # fmt: skip
