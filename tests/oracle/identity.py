"""Two-factor sessions and on-site proof: contract 4.6, first and last paragraph."""

from itertools import combinations

from .model import Event, Session, hong_kong_date
from .policy import Policy
from .register import Register
from .rows import Row
from .time_kernel import STICKY, Timeline


def sessions_to_prove(row: Row, timeline: Timeline) -> list[Session]:
    """Every session with a stretch of the row's module in its cycle before the credit date."""
    found: list[Session] = []
    for stretch in timeline.stretches:
        begun = row.cycle is None or stretch.opener.order > row.cycle.order
        is_before_credit = stretch.start < row.window[1]
        if stretch.owner == row.pair and begun and is_before_credit and stretch.session not in found:
            found.append(stretch.session)
    return found


def session_codes(session: Session, policy: Policy) -> list[str]:
    """4.6: what is wrong with the two factors of a session."""
    learning = [e for e in session.all_events if e.activity is not None and e.kind not in STICKY]
    checks = [e for e in session.all_events if e.kind == "verify" and e.outcome == "pass"]
    pairs = [pair for pair in combinations(checks, 2) if _is_two_factor(*pair, policy)]
    if not learning:
        return [] if pairs else ["TWO_FACTOR_MISSING"]
    limit = learning[0].at
    if any(max(one.at, other.at) <= limit for one, other in pairs):
        return []
    return ["TWO_FACTOR_MISSING", "LEARNING_BEFORE_AUTH"] if pairs else ["TWO_FACTOR_MISSING"]


def _is_two_factor(one: Event, other: Event, policy: Policy) -> bool:
    classes = {policy.factor_class.get(check.factor or "") for check in (one, other)}
    is_near = abs(one.at - other.at) <= policy.pair_window
    return is_near and None not in classes and len(classes) == 2


def is_onsite_proven(row: Row, timeline: Timeline, register: Register) -> bool:
    """4.6: the passing attempt has a supervised check at an approved venue, whoever made it."""
    attempt = row.passing
    if attempt is None or attempt.submission is None:
        return True
    submission = attempt.submission
    day = hong_kong_date(submission.at)
    return any(
        check.kind == "verify"
        and check.outcome == "pass"
        and check.factor == "supervised"
        and check.purpose == "assessment"
        and check.order <= submission.order
        and (check.pair is None or check.pair == row.pair)
        and register.is_venue(check.object_id, day)
        and (
            check.attempt_id == attempt.attempt_id
            or (check.attempt_id is None and hong_kong_date(check.at) == day)
        )
        for check in timeline.events
    )
