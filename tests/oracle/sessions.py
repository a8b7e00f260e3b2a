"""Sessions of one participant: contract 3.1."""

from collections import defaultdict
from collections.abc import Set as AbstractSet
from itertools import count

from .model import GRACE, Event, Session


def form_sessions(own: list[Event], gap: int) -> list[Session]:
    """Every session of the participant's own events: with an id, then derived."""
    with_id: dict[str, list[Event]] = defaultdict(list)
    for event in own:
        if event.session_id is not None:
            with_id[event.session_id].append(event)
    formed = [session for name, events in with_id.items() for session in _cut_by_close(name, events)]

    stream: list[Event] = []
    for event in own:
        if event.session_id is None:
            hosts = [session for session in formed if session.is_open(event.at)]
            (with_id[hosts[0].name] if len(hosts) == 1 else stream).append(event)

    # A joined event is treated as if it carried the id, so a joined logout closes the session.
    rejoined = [
        session
        for name, events in with_id.items()
        for session in _cut_by_close(name, sorted(events, key=lambda event: event.order))
    ]
    return rejoined + _cut_stream(stream, gap, with_id.keys())


def _is_same_close(session: Session, event: Event) -> bool:
    """A logout that is the next event after a timeout, within 60 s, belongs to the same close."""
    close = session.close
    return (
        close is not None
        and close.kind == "timeout"
        and not session.late
        and event.kind == "logout"
        and event.at - close.at <= GRACE
    )


def _append(session: Session, event: Event) -> None:
    session.events.append(event)
    if event.kind in ("timeout", "logout"):
        session.close = event


def _open(name: str, is_derived: bool, event: Event) -> Session:
    session = Session(name, is_derived, [])
    _append(session, event)
    return session


def _cut_by_close(name: str, events: list[Event]) -> list[Session]:
    """The sessions of one id: never cut by a gap, only by a close and more than 60 s."""
    found = [_open(name, False, events[0])]
    for event in events[1:]:
        session = found[-1]
        if session.close is None or _is_same_close(session, event):
            _append(session, event)
        elif event.at - session.close.at <= GRACE:
            session.late.append(event)
        else:
            session.has_successor = True
            found.append(_open(name, False, event))
    return found


def _cut_stream(stream: list[Event], gap: int, taken: AbstractSet[str]) -> list[Session]:
    """The derived sessions: cut at a login, after a close, after a gap longer than the limit."""
    names = (f"~{number}" for number in count(1) if f"~{number}" not in taken)
    found: list[Session] = []
    for event in stream:
        if found and not _starts_new(found[-1], event, gap):
            _append(found[-1], event)
        else:
            found.append(_open(next(names), True, event))
    return found


def _starts_new(session: Session, event: Event, gap: int) -> bool:
    if session.close is not None:
        return not _is_same_close(session, event)
    return event.kind == "login" or event.at - session.end > gap
