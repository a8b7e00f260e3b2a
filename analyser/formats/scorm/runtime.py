"""Run-time data of one sitting with a SCO, as events."""

from __future__ import annotations

from typing import Any

from analyser.formats.base import Table
from analyser.formats.made_events import REMARK, row
from analyser.formats.scorm.values import at_clock, before, number, seconds
from analyser.ingest.documents import Unusable

Event = dict[str, Any]
# What is odd, by number; `remarks` in the reading has the words.
CLAIMED_START, BAD_LENGTH, NO_CLOCK = 1, 2, 3


def expand(record: Event, table: Table) -> list[list[str | None]]:
    """The events of one commit: start, answers, result, completion and how the learner left.

    Args:
        record: one exported record.
        table: the `format.toml`.

    Raises:
        Unusable: it does not say who or when.
    """
    data = flat(record)
    at, who = (_first(data, table["places"][name]) for name in ("timestamp", "participant_id"))
    if at is None:
        raise Unusable(
            "has no date: run-time data says how long, but not when; export it with the commit's time"
        )
    if who is None:
        raise Unusable("no participant: neither the record nor its cmi data names the learner")
    attempt = _first(data, table["places"]["attempt_id"])
    common = {
        "participant_id": who, "attempt_id": None,
        **{name: _first(data, table["places"][name]) for name in ("session_id", "activity_id", "object_id")},
    }  # fmt: skip
    events = [
        *_start(data, str(at)),
        *_answers(data, str(at), attempt, table),
        *_end(data, str(at), attempt, table),
    ]
    return [row(event, common) for event in events]


def flat(record: Any, prefix: str = "") -> dict[str, Any]:
    """A nested record with dotted names; lists are counted from 0, as SCORM does."""
    pairs = enumerate(record) if isinstance(record, list) else record.items()
    found: dict[str, Any] = {}
    for key, value in pairs:
        name = f"{prefix}{key}"
        if isinstance(value, dict | list):
            found |= flat(value, f"{name}.")
        else:
            found[name] = value
    return found


def _first(data: dict[str, Any], names: list[str]) -> Any:
    return next((data[name] for name in names if data.get(name) not in (None, "")), None)


def _start(data: dict[str, Any], at: str) -> list[Event]:
    length = _first(data, ["cmi.core.session_time", "cmi.session_time"])
    if length is None:
        return []
    found = seconds(str(length))
    start = before(at, found) if found is not None else None
    if start is None:
        return [{"timestamp": at, "event": "view", REMARK: BAD_LENGTH}]
    return [{"timestamp": start, "event": "view", REMARK: CLAIMED_START}]


def _answers(data: dict[str, Any], at: str, attempt: object, table: Table) -> list[Event]:
    places = sorted(
        {name.split(".")[2] for name in data if name.startswith("cmi.interactions.")} - {"_count"}
    )
    found = []
    for place in sorted(places, key=lambda text: (len(text), text)):
        cells = {name: data.get(f"cmi.interactions.{place}.{name}") for name in table["interaction"]["names"]}
        if cells["id"] in (None, ""):
            continue
        when = cells["timestamp"] or (at_clock(at, str(cells["time"])) if cells["time"] else None)
        result, weight = str(cells["result"]), number(cells["weighting"]) or number(1)
        share = table["interaction"]["shares"].get(result)
        found.append(
            {
                "timestamp": when or at, "event": "answer", "item_id": cells["id"], "attempt_id": attempt,
                "response": cells["student_response"] or cells["learner_response"],
                # Of a numeric result it is not said what it is out of.
                "score": weight if share else share, "max_score": weight if share is not None else None,
                REMARK: None if when else NO_CLOCK,
            }
        )  # fmt: skip
    return found


def _end(data: dict[str, Any], at: str, attempt: object, table: Table) -> list[Event]:
    status = {_first(data, [name]) for name in table["status"]["names"]}
    events: list[Event] = []
    if status & set(table["status"]["judged"]):
        raw, high, scaled = (number(_first(data, table["score"][name])) for name in ("raw", "max", "scaled"))
        score, of = (raw, high) if raw is not None and high is not None else (scaled, 1)
        events.append(
            {
                "timestamp": at, "event": "assessment_submit", "attempt_id": attempt,
                "score": score, "max_score": of if score is not None else None,
            }
        )  # fmt: skip
    if status & set(table["status"]["complete"]):
        events.append(
            {"timestamp": at, "event": "complete", "object_id": _first(data, table["places"]["object_id"])}
        )
    left = str(_first(data, ["cmi.core.exit", "cmi.exit"]) or "")
    events.append({"timestamp": at, "event": table["exit"].get(left, "heartbeat")})
    return events
