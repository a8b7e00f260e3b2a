"""What a finding belongs to, and the findings that need no credit row: contract 3 and 4.2."""

from dataclasses import dataclass

from .attempts import is_mismatch
from .model import Event, FindingKey, Pair
from .register import Register
from .rows import Row
from .time_kernel import Timeline


@dataclass(frozen=True)
class Finding:
    """One finding; `at` is its event, or None for what belongs to an activity or a session.

    A finding with an event belongs to the row of its module in whose time the event lies. One of
    an activity as a whole (`is_of_activity`) stands in all rows of the activity.
    """

    code: str
    participant: str | None
    activity: str | None = None
    module: str | None = None
    attempt: str | None = None
    session: str | None = None
    at: Event | None = None
    is_of_activity: bool = False

    @property
    def key(self) -> FindingKey:
        """The key of the public result."""
        return self.code, self.participant, self.activity, self.module, self.attempt, self.session

    def belongs_to(self, row: Row) -> bool:
        """Section 5, `codes`: the findings of the row in its time, and its activity's."""
        if self.is_of_activity:
            return self.activity == row.pair[0]
        return self.at is not None and (self.activity, self.module) == row.pair and row.holds(self.at.order)


def sort_key(key: FindingKey) -> tuple[tuple[bool, str], ...]:
    """None before any text."""
    return tuple((part is not None, part or "") for part in key)


def find_session_faults(person: str, timeline: Timeline) -> list[Finding]:
    """3.1: sessions never closed, and events after the close of a session with an id."""
    found = []
    for session in timeline.sessions:
        if session.close is None:
            found.append(Finding("MISSING_LOGOUT", person, session=session.name))
        if not session.is_derived and (session.late or session.has_successor):
            found.append(Finding("EVENT_AFTER_LOGOUT", person, session=session.name))
    return found


def find_acts_of_others(person: str, events: list[Event], rows: set[Pair]) -> list[Finding]:
    """3.3: every act of another person but a `supervised` verify.

    An act without module, where no row is without module, is the activity's.
    """
    return [
        Finding(
            "ACTED_BY_OTHER",
            person,
            event.activity,
            event.module,
            at=event,
            is_of_activity=event.pair is not None and event.module is None and event.pair not in rows,
        )
        for event in events
        if not event.is_own and not (event.kind == "verify" and event.factor == "supervised")
    ]


def find_attempt_faults(person: str, timeline: Timeline, register: Register) -> list[Finding]:
    """4.2: attempts of registered modules never submitted, or with two different scores."""
    found = []
    for attempt in timeline.attempts:
        if not register.is_registered(attempt.pair):
            continue
        if attempt.submission is None:
            code, at = "ATTEMPT_NOT_SUBMITTED", attempt.begin
        elif is_mismatch(attempt):
            code, at = "SCORE_MISMATCH", attempt.submission
        else:
            continue
        found.append(Finding(code, person, *attempt.pair, attempt.attempt_id, at=at))
    return found
