"""The row of a pair that is in the register at no date: contract 4 (opening)."""

from .credit import UNIT, Cells, figures
from .findings import Finding
from .model import SECOND, Pair, iso
from .policy import Policy
from .rows import Row
from .time_kernel import FOREVER, Timeline


def assess_unregistered(timeline: Timeline, pair: Pair, policy: Policy) -> tuple[Row, Cells, list[Finding]]:
    """One held row: evidenced minutes without a cap, no other rule applied."""
    person = timeline.events[0].participant
    measures = [timeline.measure(pair, rule, -FOREVER, FOREVER) for rule in figures(policy)]
    likely, lower, upper = measures
    evidenced = [UNIT * (measure.active // (UNIT * 60 * SECOND)) for measure in measures]
    credited = evidenced if policy.time_basis == "evidenced" else [None]
    first = next(event for event in timeline.own if event.pair == pair)
    nothing = (
        "period",
        "category",
        "stated_minutes",
        "completion_minutes",
        "floor_minutes",
        "completed_at",
        "passed_at",
        "credited_at",
        "passing_attempt_id",
    )
    cells: Cells = {
        **dict.fromkeys(nothing),
        "participant_id": person,
        "activity_id": pair[0],
        "module_id": pair[1],
        "status": "held",
        "credited_minutes": credited[0],
        "evidenced_minutes": evidenced[0],
        "active_s": likely.active // SECOND,
        "active_lower_s": lower.active // SECOND,
        "active_upper_s": upper.active // SECOND,
        "login_s": likely.login // SECOND,
        "idle_s": likely.idle // SECOND,
        "assessment_s": likely.assessment // SECOND,
        "media_s": likely.media // SECOND,
        "started_at": iso(first.at),
        "attempts": 0,
        "robust": len(set(credited)) == 1,
    }
    row = Row(pair, None, None, codes={"NOT_REGISTERED"})
    return row, cells, [Finding("NOT_REGISTERED", person, *pair)]
