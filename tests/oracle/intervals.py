"""The intervals table: contract 3.8 and section 5; every instant has one state."""

from bisect import bisect_right
from itertools import pairwise

from .model import Session, Span
from .policy import Policy
from .time_kernel import Parts, Timeline

Interval = dict[str, int | str | None]


def list_intervals(person: str, timeline: Timeline, policy: Policy) -> list[Interval]:
    """The union of the participant's sessions, each instant once, equal neighbours merged."""
    parts = timeline.parts(policy.idle)
    merged: list[Interval] = []
    edges = _edges(timeline, parts)
    for start, end in pairwise(edges):
        piece = _describe(person, timeline, parts, (start, end))
        if piece is None:
            continue
        if merged and _is_continued(merged[-1], piece):
            merged[-1]["end_us"] = end
        else:
            merged.append(piece)
    return merged


def _edges(timeline: Timeline, parts: list[Parts]) -> list[int]:
    edges = {edge for session in timeline.sessions for edge in (session.start, session.end)}
    edges |= {edge for stretch in timeline.stretches for edge in (stretch.start, stretch.end)}
    for part in parts:
        for span in (*part.idle, *part.assessment, *part.media):
            edges |= set(span)
    return sorted(edges)


def _covers(spans: list[Span], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _state(part: Parts, at: int) -> str:
    """3.8: assessment, else idle, else media, else learning."""
    if _covers(part.assessment, at):
        return "assessment"
    if _covers(part.idle, at):
        return "idle"
    return "media" if _covers(part.media, at) else "learning"


def _describe(person: str, timeline: Timeline, parts: list[Parts], piece: Span) -> Interval | None:
    at = piece[0]
    open_sessions = [session for session in timeline.sessions if session.is_open(at)]
    if not open_sessions:
        return None
    # Stretches stand in order and do not overlap, so only the last that has begun can be the one.
    last = parts[: bisect_right(parts, at, key=lambda part: part.stretch.start)][-1:]
    owned = [part for part in last if at < part.stretch.end]
    if owned:
        owner = owned[0].stretch.owner or (None, None)
        return _interval(person, owned[0].stretch.session, owner, piece, _state(owned[0], at))
    portal = [stretch for stretch in timeline.stretches if stretch.start <= at < stretch.end]
    first = min(open_sessions, key=lambda session: (session.start, session.name))
    return _interval(person, portal[0].session if portal else first, (None, None), piece, "portal")


def _interval(
    person: str, session: Session, owner: tuple[str | None, str | None], piece: Span, state: str
) -> Interval:
    return {
        "participant_id": person,
        "session_id": session.name,
        "activity_id": owner[0],
        "module_id": owner[1],
        "start_us": piece[0],
        "end_us": piece[1],
        "state": state,
    }


def _is_continued(earlier: Interval, later: Interval) -> bool:
    same = ("session_id", "activity_id", "module_id", "state")
    return earlier["end_us"] == later["start_us"] and all(earlier[key] == later[key] for key in same)
