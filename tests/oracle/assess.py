"""The whole assessment: contract sections 2 to 5."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .case import Case
from .challenges import find_challenge_faults
from .credit import Assessor, Cells
from .findings import (
    Finding,
    find_acts_of_others,
    find_attempt_faults,
    find_session_faults,
    sort_key,
)
from .intervals import Interval, list_intervals
from .model import Event, Pair, Result
from .periods import total_periods
from .policy import Policy, read_policy
from .reading import read_events
from .register import Register, read_register
from .rows import ModuleFile, Row, read_rows
from .spans import length
from .time_kernel import Timeline, build_timeline
from .unregistered import assess_unregistered

COLUMNS = (
    "participant_id",
    "activity_id",
    "module_id",
    "period",
    "category",
    "status",
    "credited_minutes",
    "stated_minutes",
    "evidenced_minutes",
    "completion_minutes",
    "floor_minutes",
    "active_s",
    "active_lower_s",
    "active_upper_s",
    "login_s",
    "idle_s",
    "assessment_s",
    "media_s",
    "started_at",
    "completed_at",
    "passed_at",
    "credited_at",
    "attempts",
    "passing_attempt_id",
    "robust",
    "codes",
)


def assess(case: Case, policy: Mapping[str, Any] | None, as_of: date) -> Result:
    """Every credit, finding, period total and interval of a case."""
    rules, register = read_policy(policy), read_register(case)
    people = read_events(case.events, as_of)
    result = Result([], [], [], [], {})
    findings: list[Finding] = []
    login: dict[str, int] = {}
    for person, events in people.items():
        timeline = build_timeline(events, rules, register.clip_lengths)
        credits, found = _assess_person(person, timeline, register, rules)
        result.credits += credits
        findings += found
        result.intervals += list_intervals(person, timeline, rules)
        login[person] = length((session.start, session.end) for session in timeline.sessions)
    if not any(event.kind == "verify" for events in people.values() for event in events):
        findings.append(Finding("NO_IDENTITY_EVENTS", None))
    result.login_us = login
    result.finding_codes = sorted((finding.key for finding in findings), key=sort_key)
    result.periods = total_periods(result.credits, register.licences)
    return result


def _assess_person(
    person: str, timeline: Timeline, register: Register, policy: Policy
) -> tuple[list[Cells], list[Finding]]:
    pairs = _pairs(timeline.own, register)
    shared = [
        *find_session_faults(person, timeline),
        *find_acts_of_others(person, timeline.events, set(pairs)),
        *find_attempt_faults(person, timeline, register),
        *find_challenge_faults(person, timeline, register, policy),
    ]
    found = list(shared)
    rows: list[tuple[Row, Cells]] = []
    for pair in pairs:
        if not register.is_registered(pair):
            row, cells, bound = assess_unregistered(timeline, pair, policy)
            rows.append((row, cells))
            found += bound
            continue
        module = ModuleFile(pair, timeline, register, policy)
        assessor = Assessor(module, shared)
        for row in read_rows(module):
            cells, bound = assessor.assess(row)
            rows.append((row, cells))
            found += bound
    return [_with_codes(row, cells, shared) for row, cells in rows], found


def _pairs(own: list[Event], register: Register) -> list[Pair]:
    """The pairs that get a row; a modular activity without a module gets none."""
    stamped = {event.pair for event in own if event.pair is not None}
    pairs = [pair for pair in stamped if not register.is_no_module(pair)]
    return sorted(pairs, key=lambda pair: (pair[0], pair[1] is not None, pair[1] or ""))


def _with_codes(row: Row, cells: Cells, shared: list[Finding]) -> Cells:
    codes = row.codes | {finding.code for finding in shared if finding.belongs_to(row)}
    return {column: cells.get(column) for column in COLUMNS[:-1]} | {"codes": ";".join(sorted(codes))}


__all__ = ["Interval", "assess"]
