"""Whose time it is and what it is: contract 3.3 to 3.8, for one participant."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from .model import Attempt, Clip, Event, IdleRule, Moment, Pair, Session, Span, Stretch
from .policy import Policy
from .sessions import form_sessions
from .spans import cut, length, union

NO_INPUT = ("heartbeat", "idle", "timeout", "edit")
STICKY = ("login", "verify", "acknowledge")
FOREVER = 1 << 62

ClipLengths = Mapping[tuple[str | None, str | None, str | None], int]
"""The manifest's length of a clip by activity, module and object."""


@dataclass(frozen=True)
class Parts:
    """One stretch of an activity and what lies in it."""

    stretch: Stretch
    idle: list[Span]
    assessment: list[Span]
    media: list[Span]

    @cached_property
    def whole(self) -> "Measure":
        """The figures of all of it."""
        return _figures(self, self.stretch.start, self.stretch.end)


@dataclass(frozen=True)
class Measure:
    """Microseconds of one module in a window (contract 3.8)."""

    login: int
    idle: int
    assessment: int
    media: int
    active: int


@dataclass
class Timeline:
    """All the time of one participant."""

    events: list[Event]
    own: list[Event]
    sessions: list[Session]
    session_of: dict[int, Session]
    sequence: list[Moment]
    stretches: list[Stretch]
    clips: list[Clip]
    attempts: list[Attempt]
    divided: dict[IdleRule, list[Parts]] = field(default_factory=dict)

    def parts(self, rule: IdleRule) -> list[Parts]:
        """Every stretch of an activity, divided under one idle rule."""
        if rule not in self.divided:
            owned = [stretch for stretch in self.stretches if stretch.owner]
            recorded = {session: _recorded(session) for session in self.sessions}
            self.divided[rule] = [
                _divide(self, stretch, rule, recorded[stretch.session]) for stretch in owned
            ]
        return self.divided[rule]

    def measure(self, pair: Pair, rule: IdleRule, start: int, end: int) -> Measure:
        """The five figures of a module in [start, end)."""
        total = Measure(0, 0, 0, 0, 0)
        for parts in self.parts(rule):
            if parts.stretch.owner == pair:
                total = _add(total, _measure(parts, start, end))
        return total

    def owner_before(self, order: int) -> Moment | None:
        """The last member of the attention sequence before an event."""
        earlier = [moment for moment in self.sequence if moment.order < order]
        return earlier[-1] if earlier else None


def build_timeline(events: list[Event], policy: Policy, lengths: ClipLengths) -> Timeline:
    """Sections 3.1 to 3.7 for one participant; what another person did counts for nothing."""
    own = [event for event in events if event.is_own]
    sessions = form_sessions(own, policy.session_gap)
    session_of = {event.order: session for session in sessions for event in session.all_events}
    sequence, stretches = _attend(own, sessions, session_of)
    clips = [clip for session in sessions for clip in _play(session, policy.media_max, lengths)]
    return Timeline(events, own, sessions, session_of, sequence, stretches, clips, _attempts(own))


def is_input(event: Event) -> bool:
    """Whether the kind of event is an input (contract 3.3)."""
    is_ignored_check = event.kind == "verify" and event.outcome == "ignored"
    return event.kind not in NO_INPUT and not is_ignored_check


def _attend(
    own: list[Event], sessions: list[Session], session_of: dict[int, Session]
) -> tuple[list[Moment], list[Stretch]]:
    """3.4: one sequence of inputs, one owner at a time."""
    members: list[tuple[Event, Moment | None]] = []
    owner: Pair | None = None
    for event in own:
        session = session_of[event.order]
        if event in session.late:
            continue
        if event.kind in ("timeout", "logout") or event is session.events[-1]:
            if any(other is not session and other.is_open(event.at) for other in sessions):
                continue
            owner = None
            members.append((event, None))
        elif is_input(event):
            if event.pair is not None or event.kind not in STICKY:
                owner = event.pair
            members.append((event, Moment(event.order, owner)))

    stretches = [
        Stretch(event.at, following.at, moment.owner, session_of[event.order], event)
        for (event, moment), (following, _) in pairwise(members)
        if moment is not None and event.at < following.at
    ]
    return [moment or Moment(event.order, None) for event, moment in members], stretches


def _play(session: Session, media_max: int, lengths: ClipLengths) -> list[Clip]:
    """3.5: when the clips of a session play."""
    clips = []
    for place, play in enumerate(session.events):
        if play.kind == "media_play" and play.pair is not None:
            known = lengths.get((play.activity, play.module, play.object_id), media_max)
            limit = known if play.duration is None else play.duration
            stops = [event.at for event in session.events[place + 1 :] if _stops(event, play)]
            end = min([play.at + limit, session.end, *stops[:1]])
            clips.append(Clip(play.pair, (play.at, max(play.at, end))))
    return clips


def _stops(event: Event, play: Event) -> bool:
    if event.kind in ("media_pause", "media_end"):
        return event.object_id == play.object_id
    return event.kind == "media_play"


def _attempts(own: list[Event]) -> list[Attempt]:
    """3.7: the attempts of every module; what follows the first submission is ignored."""
    grouped: dict[tuple[Pair, str], list[Event]] = defaultdict(list)
    for event in own:
        if event.pair is not None and event.attempt_id is not None:
            grouped[event.pair, event.attempt_id].append(event)
    attempts = []
    for (pair, attempt_id), events in grouped.items():
        places = [n for n, event in enumerate(events) if event.kind == "assessment_submit"]
        submission = events[places[0]] if places else None
        kept = events[: places[0] + 1] if places else events
        attempts.append(Attempt(pair, attempt_id, tuple(kept), submission))
    return attempts


def _recorded(session: Session) -> list[Span]:
    """What the learning system says was idle, at any time of a session."""
    return [
        (event.at - (event.duration or 0), event.at) for event in session.all_events if event.kind == "idle"
    ]


def _divide(timeline: Timeline, stretch: Stretch, rule: IdleRule, recorded: list[Span]) -> Parts:
    """3.5 to 3.7 inside one stretch."""
    media = cut(
        (clip.span for clip in timeline.clips if clip.owner == stretch.owner),
        stretch.start,
        stretch.end,
    )
    assessment = cut(
        (attempt.span for attempt in timeline.attempts if attempt.pair == stretch.owner),
        stretch.start,
        stretch.end,
    )
    idle = cut([*_silence(stretch, media, rule), *recorded], stretch.start, stretch.end)
    return Parts(stretch, idle, assessment, media)


def _silence(stretch: Stretch, media: list[Span], rule: IdleRule) -> list[Span]:
    """3.6: the idle end of the part after the last moment at which an own clip played."""
    since = media[-1][1] if media else stretch.start
    part = stretch.end - since
    if part <= rule.threshold:
        return []
    return [(since if rule.is_whole else since + rule.threshold, stretch.end)]


def _measure(parts: Parts, start: int, end: int) -> Measure:
    """What of a stretch lies in [start, end)."""
    if parts.stretch.end <= start or end <= parts.stretch.start:
        return Measure(0, 0, 0, 0, 0)
    is_inside = start <= parts.stretch.start and parts.stretch.end <= end
    return parts.whole if is_inside else _figures(parts, start, end)


def _figures(parts: Parts, start: int, end: int) -> Measure:
    """3.8: active is the stretch less the union of idle and assessment."""
    stretch = cut([(parts.stretch.start, parts.stretch.end)], start, end)
    idle, assessment = cut(parts.idle, start, end), cut(parts.assessment, start, end)
    return Measure(
        login=length(stretch),
        idle=length(idle),
        assessment=length(assessment),
        media=length(cut(parts.media, start, end)),
        active=length(stretch) - length(union([*idle, *assessment])),
    )


def _add(left: Measure, right: Measure) -> Measure:
    return Measure(
        left.login + right.login,
        left.idle + right.idle,
        left.assessment + right.assessment,
        left.media + right.media,
        left.active + right.active,
    )
