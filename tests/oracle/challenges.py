"""Unscheduled identity checks: contract 4.6, third paragraph."""

from itertools import pairwise

from .findings import Finding
from .model import SECOND, Event
from .policy import Policy
from .register import Register
from .rows import Row
from .time_kernel import FOREVER, Timeline

HOUR = 3600 * SECOND
CLEARING = 300 * SECOND


def challenges_of(activity: str, timeline: Timeline) -> list[Event]:
    """Challenges with the activity's id, or with none in a session with a stretch of it."""
    sessions = [s.session for s in timeline.stretches if s.owner and s.owner[0] == activity]
    return [
        event
        for event in timeline.own
        if event.kind == "verify"
        and event.purpose == "challenge"
        and (
            event.activity == activity
            or (event.activity is None and timeline.session_of[event.order] in sessions)
        )
    ]


def find_challenge_faults(
    person: str, timeline: Timeline, register: Register, policy: Policy
) -> list[Finding]:
    """Every finding about challenges, for the registered activities only."""
    activities = {event.activity for event in timeline.own if event.activity is not None}
    found: list[Finding] = []
    for activity in sorted(activities):
        if not register.is_activity(activity):
            continue
        challenges = challenges_of(activity, timeline)
        if not challenges and _learned(activity, timeline, register, policy) >= HOUR:
            found.append(Finding("NO_UNSCHEDULED_CHECK", person, activity, is_of_activity=True))
        found += _find_failures(person, activity, challenges, timeline, register)
        found += _find_regular(person, activity, challenges, timeline)
    return found


def _learned(activity: str, timeline: Timeline, register: Register, policy: Policy) -> int:
    """Active time over all modules, unregistered ones too, over the whole case."""
    owners = {stretch.owner for stretch in timeline.stretches if stretch.owner}
    return sum(
        timeline.measure(pair, policy.idle, -FOREVER, FOREVER).active
        for pair in owners
        if pair[0] == activity and not register.is_no_module(pair)
    )


def _find_failures(
    person: str, activity: str, challenges: list[Event], timeline: Timeline, register: Register
) -> list[Finding]:
    """Failed or ignored, and no passed challenge of the activity in the next 300 s."""
    passed = [event.at for event in challenges if event.outcome == "pass"]
    found = []
    for event in challenges:
        is_failed = event.outcome in ("fail", "ignored")
        if is_failed and not any(event.at <= at <= event.at + CLEARING for at in passed):
            before = timeline.owner_before(event.order)
            owner = before.owner if before else None
            is_elsewhere = owner is None or owner[0] != activity
            module = None if owner is None or is_elsewhere else owner[1]
            found.append(
                Finding(
                    "CHALLENGE_FAILED",
                    person,
                    activity,
                    module,
                    session=timeline.session_of[event.order].name,
                    at=event,
                    is_of_activity=is_elsewhere or register.is_no_module((activity, module)),
                )
            )
    return found


def _find_regular(person: str, activity: str, challenges: list[Event], timeline: Timeline) -> list[Finding]:
    """Per session: three or more gaps whose population stdev is below a tenth of their mean."""
    found = []
    for session in timeline.sessions:
        times = [e.at for e in challenges if timeline.session_of[e.order] is session]
        gaps = [later - earlier for earlier, later in pairwise(times)]
        if len(gaps) >= 3 and _is_regular(gaps):
            found.append(
                Finding("CHECKS_REGULAR", person, activity, session=session.name, is_of_activity=True)
            )
    return found


def _is_regular(gaps: list[int]) -> bool:
    """Stdev / mean < 1/10 without a root: 100 (n Σg² - (Σg)²) < (Σg)²."""
    total = sum(gaps)
    return 100 * (len(gaps) * sum(gap * gap for gap in gaps) - total * total) < total * total


def is_held_by_challenge(row: Row, failures: list[Finding], timeline: Timeline) -> bool:
    """4.6: a failure of the row's module whose last input lies in the row's cycle."""
    for failure in failures:
        if failure.code != "CHALLENGE_FAILED" or failure.is_of_activity or failure.at is None:
            continue
        before = timeline.owner_before(failure.at.order)
        if (
            (failure.activity, failure.module) == row.pair
            and before is not None
            and row.holds_in_cycle(before.order)
            and row.holds(failure.at.order)
        ):
            return True
    return False
