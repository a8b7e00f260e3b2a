"""The words of the oracle: event, session, stretch, attempt, finding, result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

SECOND = 1_000_000
GRACE = 60 * SECOND
"""Contract 3.1: an event this long after the close still belongs to the closed session."""

HONG_KONG = timezone(timedelta(hours=8))
EPOCH = datetime(1970, 1, 1, tzinfo=HONG_KONG) + timedelta(hours=8)

Span = tuple[int, int]
"""A half-open interval [start, end) in microseconds."""

Pair = tuple[str, str | None]
"""An activity and its module; the module is None for an activity without modules."""

FindingKey = tuple[str, str | None, str | None, str | None, str | None, str | None]
"""Code, participant, activity, module, attempt, session."""


def hong_kong_date(at: int) -> date:
    """The Hong Kong date of an instant (contract 3)."""
    return (EPOCH + timedelta(microseconds=at)).date()


def iso(at: int) -> str:
    """An instant as ISO 8601 in Hong Kong time (contract 5)."""
    return (EPOCH + timedelta(microseconds=at)).isoformat()


@dataclass(frozen=True, slots=True)
class Event:
    """One stored event; `order` is its place among all events of the participant."""

    order: int
    at: int
    kind: str
    participant: str
    session_id: str | None
    activity: str | None
    module: str | None
    object_id: str | None
    attempt_id: str | None
    item_id: str | None
    score: Fraction | None
    max_score: Fraction | None
    factor: str | None
    purpose: str | None
    outcome: str | None
    duration: int | None
    actor: str | None

    @property
    def pair(self) -> Pair | None:
        """The activity and module it is stamped with, if it is stamped."""
        return None if self.activity is None else (self.activity, self.module)

    @property
    def is_own(self) -> bool:
        """Whether the participant did it (contract 3.3)."""
        return self.actor is None or self.actor == self.participant


@dataclass(eq=False)
class Session:
    """One session: `events` run from start to end, `late` came within 60 s after the close."""

    name: str
    is_derived: bool
    events: list[Event]
    late: list[Event] = field(default_factory=list)
    close: Event | None = None
    has_successor: bool = False

    @property
    def start(self) -> int:
        """The instant of the first event."""
        return self.events[0].at

    @property
    def end(self) -> int:
        """The instant of the last event; late events do not move it."""
        return self.events[-1].at

    @property
    def all_events(self) -> list[Event]:
        """Its events and the late ones, in order."""
        return self.events + self.late

    def is_open(self, at: int) -> bool:
        """Whether start <= at < end (contract 3.4)."""
        return self.start <= at < self.end


@dataclass(frozen=True, eq=False)
class Stretch:
    """The time between one input and the next; `owner` None is portal time."""

    start: int
    end: int
    owner: Pair | None
    session: Session
    opener: Event


@dataclass(frozen=True)
class Moment:
    """One member of the attention sequence and the owner from there on."""

    order: int
    owner: Pair | None


@dataclass(frozen=True)
class Clip:
    """A clip of one module while it plays."""

    owner: Pair
    span: Span


@dataclass(frozen=True, eq=False)
class Attempt:
    """An attempt: its events up to its first submission, or all, if never submitted."""

    pair: Pair
    attempt_id: str
    events: tuple[Event, ...]
    submission: Event | None

    @property
    def begin(self) -> Event:
        """Its `assessment_start`, or else its first event (contract 3.7)."""
        starts = [event for event in self.events if event.kind == "assessment_start"]
        return starts[0] if starts else self.events[0]

    @property
    def span(self) -> Span:
        """The assessment time (contract 3.7)."""
        return self.begin.at, self.events[-1].at

    @property
    def items(self) -> set[str]:
        """The distinct items of `question` and `answer` (contract 4.2)."""
        return {event.item_id for event in self.events if event.item_id is not None and is_item(event)}


def is_item(event: Event) -> bool:
    """Whether the event shows an item of an assessment (contract 4.2)."""
    return event.kind in ("question", "answer")


@dataclass(frozen=True)
class IdleRule:
    """How idle time is counted (contract 3.6 and 3.9)."""

    threshold: int
    is_whole: bool


@dataclass
class Result:
    """What the oracle says about a case."""

    credits: list[dict[str, int | bool | str | None]]
    finding_codes: list[FindingKey]
    periods: list[dict[str, Fraction | bool | str | None]]
    intervals: list[dict[str, int | str | None]]
    login_us: Mapping[str, int]
