"""Short text for hand-made cases: one line an event, and the usual course of a module."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from .assess import assess
from .case import Case, Cells
from .model import HONG_KONG, Result

DAY = "2025-03-10"
AS_OF = date(2026, 12, 31)
Row = dict[str, int | bool | str | None]
"""One row of the credits table."""

COLUMN = {
    "session": "session_id",
    "object": "object_id",
    "attempt": "attempt_id",
    "item": "item_id",
}


def moment(text: str) -> datetime:
    """The Hong Kong time `[date ]hh:mm[:ss[.ffffff]]`, by default on 10 March 2025."""
    full = text if " " in text else f"{DAY} {text}"
    return datetime.fromisoformat(full).replace(tzinfo=HONG_KONG)


def later(text: str, seconds: float) -> str:
    """A time so many seconds after another, in the form that `event` takes."""
    shifted = moment(text) + timedelta(microseconds=round(seconds * 1_000_000))
    return shifted.replace(tzinfo=None).isoformat(sep=" ")


def event(line: str, person: str = "P1", session: str | None = "s1") -> Cells:
    """One event from `[date ]time kind [activity[/module]] [key=value …]`."""
    words = line.split()
    at = " ".join(words[:2]) if "-" in words[0] else words[0]
    kind, *rest = words[len(at.split()) :]
    cells: dict[str, str | None] = {
        "timestamp": moment(at).astimezone(UTC).isoformat(),
        "participant_id": person,
        "event": kind,
        "session_id": session,
    }
    for word in rest:
        name, _, value = word.partition("=")
        if "=" in word:
            cells[COLUMN.get(name, name)] = value or None
        else:
            activity, _, module = word.partition("/")
            cells |= {"activity_id": activity, "module_id": module or None}
    return cells


def events(text: str, person: str = "P1", session: str | None = "s1") -> list[Cells]:
    """The events of a text with one line for each."""
    return [event(line, person, session) for line in text.strip().splitlines() if line.strip()]


def enter(at: str, factors: Iterable[str] = ("password", "otp_sms")) -> list[str]:
    """A login with passed identity checks at the same instant."""
    checks = [f"{at} verify factor={factor} purpose=login outcome=pass" for factor in factors]
    return [f"{at} login", *checks]


def learn(at: str, seconds: float, pair: str = "A") -> list[str]:
    """Inputs every ten minutes, so that every second up to the end is active."""
    return [f"{later(at, second)} view {pair}" for second in range(0, int(seconds) or 1, 600)]


def course(at: str, seconds: float, pair: str = "A", attempt: str = "t1", score: str = "80") -> list[str]:
    """Enter, learn for a time, complete the content, submit and log out at its end."""
    end = later(at, seconds)
    return [
        *enter(at),
        *learn(at, seconds, pair),
        f"{end} complete {pair}",
        f"{end} assessment_submit {pair} attempt={attempt} score={score} max_score=100",
        f"{end} logout",
    ]


@dataclass
class Scene:
    """A case by hand; by default one activity A of 60 minutes, pass mark 70, always approved."""

    lines: list[str] = field(default_factory=list)
    activities: list[Cells] = field(default_factory=lambda: [approval("A")])
    items: list[Cells] = field(default_factory=list)
    venues: list[Cells] = field(default_factory=list)
    licence: str | None = "individual"
    more: list[Cells] = field(default_factory=list)

    def assess(self, policy: dict[str, Any] | None = None, as_of: date = AS_OF) -> Result:
        """The oracle's result."""
        people: list[Cells] = [{"participant_id": "P1", "licence_type": self.licence}]
        case = Case(
            events=[event(line) for line in self.lines] + self.more,
            activities=self.activities,
            items=self.items,
            venues=self.venues,
            participants=people,
        )
        return assess(case, policy, as_of)


def approval(pair: str, minutes: int = 60, **cells: str | None) -> Cells:
    """One row of the register of activities."""
    activity, _, module = pair.partition("/")
    return {
        "activity_id": activity,
        "module_id": module or None,
        "approved_minutes": str(minutes),
        "pass_mark": "70",
        "category": "general",
        "delivery": "unsupervised",
        **cells,
    }


def item(pair: str, thing: str, required: str = "true", length: str | None = None) -> Cells:
    """One row of the content manifest."""
    activity, _, module = pair.partition("/")
    return {
        "activity_id": activity,
        "module_id": module or None,
        "object_id": thing,
        "kind": "media" if length else "page",
        "required": required,
        "length_s": length,
    }


def codes(result: Result) -> list[str]:
    """The codes of all findings, in order."""
    return [key[0] for key in result.finding_codes]


def only(result: Result) -> Row:
    """The single credits row."""
    (row,) = result.credits
    return row


def brief(row: Row) -> tuple[str, int, str]:
    """Status, credited minutes and codes."""
    return str(row["status"]), int(row["credited_minutes"] or 0), str(row["codes"])


def paper(at: str, attempt: str, items: range, right: int, pair: str = "A") -> list[str]:
    """A paper of one-point items answered and submitted at one instant."""
    start = [f"{at} assessment_start {pair} attempt={attempt}"]
    answers = [
        f"{at} answer {pair} attempt={attempt} item=q{n} score={score} max_score=1"
        for place, n in enumerate(items)
        for score in [int(place < right)]
    ]
    return [*start, *answers, f"{at} assessment_submit {pair} attempt={attempt}"]
