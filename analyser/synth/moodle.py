"""A small case once more as the Moodle table `mdl_logstore_standard_log` would have kept it.

A log store knows less than a rule may ask: no clips, no heartbeats, no unscheduled checks, no scores.
That is the point of the second sample. Only activities without modules are exported: a Moodle course
has none.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

Record = dict[str, str]

COLUMNS = (
    "id", "eventname", "component", "action", "target", "objecttable", "objectid", "crud", "edulevel",
    "contextid", "contextlevel", "contextinstanceid", "userid", "courseid", "relateduserid", "anonymous",
    "other", "timecreated", "origin", "ip", "realuserid",
)  # fmt: skip
_HONG_KONG = timezone(timedelta(hours=8))
_SITE, _USER, _MODULE = 10, 30, 70  # context levels
_ADMIN = 2

# Our event: Moodle's event name, object table, crud, educational level, context level.
_EVENTS = {
    "login": (r"\core\event\user_loggedin", "user", "r", 0, _SITE),
    "logout": (r"\core\event\user_loggedout", "user", "r", 0, _SITE),
    "verify": (r"\tool_mfa\event\user_passed_mfa", "user", "r", 0, _USER),
    "acknowledge": (r"\tool_policy\event\acceptance_created", "tool_policy_acceptances", "c", 0, _USER),
    "view": (r"\mod_book\event\course_module_viewed", "book", "r", 2, _MODULE),
    "interact": (r"\mod_book\event\chapter_viewed", "book_chapters", "r", 2, _MODULE),
    "post": (r"\mod_forum\event\post_created", "forum_posts", "c", 2, _MODULE),
    "complete": (
        r"\core\event\course_module_completion_updated",
        "course_modules_completion",
        "u",
        2,
        _MODULE,
    ),
    "assessment_start": (r"\mod_quiz\event\attempt_started", "quiz_attempts", "c", 2, _MODULE),
    "question": (r"\mod_quiz\event\attempt_viewed", "quiz_attempts", "r", 2, _MODULE),
    "assessment_submit": (r"\mod_quiz\event\attempt_submitted", "quiz_attempts", "u", 2, _MODULE),
    "survey": (r"\mod_feedback\event\response_submitted", "feedback_completed", "c", 2, _MODULE),
}
_ABOUT_A_PERSON = ("complete", "assessment_start", "question", "assessment_submit")


def write_moodle_case(case: Path, folder: Path, activities: tuple[str, ...]) -> int:
    """Export some activities of a case; returns the number of log rows.

    The registers use Moodle's numbers: the user id as participant, the course id as activity and the course
    module id as object.
    """
    numbers = Numbers(case, activities)
    records = sorted(_kept(case, set(activities)), key=lambda r: (_instant(r), r["participant_id"]))
    rows = [row for record in records if (row := numbers.row(record))]
    for n, row in enumerate(rows):
        row["id"] = str(5001 + n)
    (folder / "exports").mkdir(parents=True, exist_ok=True)
    _write_log(folder / "exports" / "mdl_logstore_standard_log.csv", rows)
    people = {record["participant_id"] for record in records}
    for name in ("activities", "items", "participants"):
        _write(folder / f"{name}.csv", list(numbers.register(read(case / f"{name}.csv"), people)))
    return len(rows)


class Numbers:
    """Moodle's ids for the case's names."""

    def __init__(self, case: Path, activities: tuple[str, ...]) -> None:
        """Number users, courses and course modules in the order of the registers."""
        people = [row["participant_id"] for row in read(case / "participants.csv")]
        self.users = {name: str(101 + n) for n, name in enumerate(people)}
        self.courses = {name: str(11 + n) for n, name in enumerate(activities)}
        items = [row["object_id"] for row in read(case / "items.csv") if row["activity_id"] in activities]
        self.modules = {name: str(301 + n) for n, name in enumerate(items)}
        self.attempts: dict[str, str] = {}

    def row(self, record: Record) -> Record | None:
        """The log row of one event; none for what Moodle does not log."""
        event = record["event"]
        if event not in _EVENTS or (event == "verify" and record["purpose"] != "login"):
            return None
        if event == "verify" and record["factor"] == "password":
            return None  # Moodle's login is the password
        name, table, crud, level, context = _EVENTS[event]
        user = self.users[record["participant_id"]]
        course = self.courses.get(record["activity_id"], "0") if context == _MODULE else "0"
        if context == _MODULE and course == "0":
            return None
        module = self.modules.get(record["object_id"], str(200 + int(course)))
        instance = {_SITE: "0", _USER: user, _MODULE: module}[context]
        _, component, _, words = name.split("\\")
        target, action = words.rsplit("_", 1)
        cells = (
            name, component, action, target, table, self._object(record, user, module), crud, str(level),
            str(1000 + int(instance)), str(context), instance, user, course,
            user if event in _ABOUT_A_PERSON else "NULL", "0", _other(record, user),
            str(int(_instant(record).timestamp())), "web", record["ip"],
            str(_ADMIN) if record["actor_id"] else "NULL",
        )  # fmt: skip
        return dict(zip(COLUMNS[1:], cells, strict=True))

    def _object(self, record: Record, user: str, module: str) -> str:
        if record["attempt_id"]:
            return self.attempts.setdefault(record["attempt_id"], str(701 + len(self.attempts)))
        return module if record["object_id"] else user

    def register(self, rows: list[Record], people: set[str]) -> Iterator[Record]:
        """The rows of a register that the export needs, with Moodle's ids."""
        for row in rows:
            if row.get("activity_id", next(iter(self.courses))) not in self.courses:
                continue
            if row.get("participant_id", "") and row["participant_id"] not in people:
                continue
            ids = {"activity_id": self.courses, "participant_id": self.users, "object_id": self.modules}
            yield {key: ids[key][value] if key in ids else value for key, value in row.items()}


def _other(record: Record, user: str) -> str:
    """Moodle's `other` column in its JSON form."""
    if record["event"] == "verify":
        factor = {"otp_sms": "sms", "otp_app": "totp"}.get(record["factor"], record["factor"])
        return _json({"userid": int(user), "debug": f"<br> Factor {factor} status: {record['outcome']}"})
    if record["event"] == "complete":
        return _json({"relateduserid": int(user), "overrideby": None, "completionstate": 1})
    if record["attempt_id"]:
        return _json({"quizid": 41})
    return "null"


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, separators=(",", ":"))


def _instant(record: Record) -> datetime:
    at = datetime.fromisoformat(record["timestamp"])
    return at if at.tzinfo else at.replace(tzinfo=_HONG_KONG)


def _kept(case: Path, activities: set[str]) -> Iterator[Record]:
    """The events of the sessions in which nothing but these activities was opened."""
    events = [row for path in sorted(case.glob("events*")) for row in read(path)]
    others = {
        row["session_id"] for row in events if row["activity_id"] and row["activity_id"] not in activities
    }
    seen: set[tuple[str, ...]] = set()
    for row in events:
        key = (str(_instant(row)), *list(row.values())[1:])
        if row["session_id"] and row["session_id"] not in others and key not in seen:
            seen.add(key)
            yield row


def read(path: Path) -> list[Record]:
    """The rows of a CSV file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _write(path: Path, rows: list[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_log(path: Path, rows: list[Record]) -> None:
    """Every cell quoted but NULL, as phpMyAdmin writes it."""

    def cell(text: str) -> str:
        return text if text == "NULL" else '"' + text.replace('"', '""') + '"'

    lines = [",".join(f'"{name}"' for name in COLUMNS)]
    lines += [",".join(cell(row[name]) for name in COLUMNS) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
