"""SCORM Cloud registrations as events: launches, answers, completion and result."""

from __future__ import annotations

from typing import Any

from analyser.formats.made_events import REMARK, row
from analyser.formats.scorm.values import number, seconds
from analyser.ingest.documents import Unusable

Event = dict[str, Any]
DIFFERENT_TIMES, UNDATED_RESULT = 4, 5
_DIFFERENCE_S = 60


def is_registration(record: Event) -> bool:
    """Whether a record is a registration of SCORM Cloud."""
    return {"registrationCompletion", "registrationSuccess"} <= set(record)


def expand(record: Event) -> list[list[str | None]]:
    """The events of one registration; its totals of time are claims and make none.

    Raises:
        Unusable: it names no learner, or nothing in it has a date.
    """
    learner, course = (_below(record, name) for name in ("learner", "course"))
    if not learner.get("id"):
        raise Unusable("no participant: the registration names no learner")
    attempt = f"{record.get('id')}/{record.get('instance', 0)}"
    common = {"participant_id": learner["id"], "activity_id": course.get("id")}
    events = [
        *_launches(record),
        *_answers(record.get("activityDetails"), attempt),
        *_result(record, attempt),
    ]
    if not events:
        raise Unusable("has no date: the registration was never opened")
    if _is_claim_different(record.get("activityDetails")):
        events[0][REMARK] = DIFFERENT_TIMES
    return [row(event, common) for event in events]


def _below(record: Event, name: str) -> Event:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def _launches(record: Event) -> list[Event]:
    found: list[Event] = []
    history = record.get("launchHistory")
    for launch in history if isinstance(history, list) else []:
        if not isinstance(launch, dict):
            continue
        session = launch.get("id")
        if launch.get("launchTime"):
            found.append({"timestamp": launch["launchTime"], "event": "view", "session_id": session})
        if launch.get("exitTime"):
            found.append({"timestamp": launch["exitTime"], "event": "logout", "session_id": session})
    if found:
        return found
    return [
        {"timestamp": record[name], "event": word}
        for name, word in (("firstAccessDate", "view"), ("lastAccessDate", "heartbeat"))
        if record.get(name)
    ]


def _activities(details: Any) -> list[Event]:
    """An activity and all below it."""
    if not isinstance(details, dict):
        return []
    found, below = [details], details.get("children")
    for child in below if isinstance(below, list) else []:
        found += _activities(child)
    return found


def _answers(details: Any, attempt: str) -> list[Event]:
    found: list[Event] = []
    for activity in _activities(details):
        runtime = activity.get("runtime")
        answers = runtime.get("runtimeInteractions") if isinstance(runtime, dict) else None
        for answer in answers if isinstance(answers, list) else []:
            if not isinstance(answer, dict) or not answer.get("id"):
                continue
            score = {"correct": 1, "incorrect": 0}.get(str(answer.get("result")).lower())
            found.append(
                {
                    "timestamp": answer.get("timestampUtc") or answer.get("timestamp"), "event": "answer",
                    "object_id": activity.get("id"), "item_id": answer["id"], "attempt_id": attempt,
                    "response": answer.get("learnerResponse"), "score": score,
                    "max_score": None if score is None else 1,
                }
            )  # fmt: skip
    return found


def _result(record: Event, attempt: str) -> list[Event]:
    found: list[Event] = []
    completed, last = record.get("completedDate"), record.get("lastAccessDate") or record.get("updated")
    if record["registrationCompletion"] == "COMPLETED" and (completed or last):
        found.append(
            {
                "timestamp": completed or last,
                "event": "complete",
                REMARK: None if completed else UNDATED_RESULT,
            }
        )
    if record["registrationSuccess"] in ("PASSED", "FAILED") and (completed or last):
        score = record.get("score")
        scaled = number(score.get("scaled")) if isinstance(score, dict) else None
        found.append(
            {
                "timestamp": completed or last, "event": "assessment_submit", "attempt_id": attempt,
                "score": scaled, "max_score": None if scaled is None else 100,
                REMARK: None if completed else UNDATED_RESULT,
            }
        )  # fmt: skip
    return found


def _is_claim_different(details: Any) -> bool:
    for activity in _activities(details):
        runtime = activity.get("runtime")
        if isinstance(runtime, dict):
            claimed, measured = (seconds(str(runtime.get(name))) for name in ("totalTime", "timeTracked"))
            if claimed is not None and measured is not None and abs(claimed - measured) > _DIFFERENCE_S:
                return True
    return False
