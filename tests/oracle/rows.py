"""Rows and cycles of one module: contract 4 (opening), 4.1 to 4.3."""

from dataclasses import dataclass, field

from .attempts import is_pass, repeats_items
from .model import Attempt, Event, Pair, hong_kong_date
from .policy import Policy
from .register import Approval, Register
from .time_kernel import FOREVER, Timeline

BEGINNING = -1
"""The place before every event."""


@dataclass
class Row:
    """One credit row; places are event orders, `after` is where the earlier row ended."""

    pair: Pair
    after: Event | None
    cycle: Event | None
    content: Event | None = None
    passing: Attempt | None = None
    unmarked: Attempt | None = None
    is_exhausted: bool = False
    is_overlapping: bool = False
    uncounted: list[Attempt] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    @property
    def credit(self) -> Event | None:
        """4.4: the later of content complete and the passing submission."""
        if self.content is None or self.passing is None or self.passing.submission is None:
            return None
        return max(self.content, self.passing.submission, key=lambda event: event.order)

    @property
    def window(self) -> tuple[int, int]:
        """The instants of the row's cycle up to its credit date."""
        return self.cycle.at if self.cycle else -FOREVER, self.credit.at if self.credit else FOREVER

    def holds(self, order: int) -> bool:
        """Whether an event lies in the row's time."""
        return _place(self.after) < order and (self.credit is None or order <= self.credit.order)

    def holds_in_cycle(self, order: int) -> bool:
        """Whether an event lies in the row's cycle, after the event that began it."""
        return self.holds(order) and _place(self.cycle) < order


def _place(event: Event | None) -> int:
    return BEGINNING if event is None else event.order


@dataclass
class ModuleFile:
    """What one participant did in one registered module."""

    pair: Pair
    timeline: Timeline
    register: Register
    policy: Policy

    @property
    def events(self) -> list[Event]:
        """The participant's own events of the module."""
        return [event for event in self.timeline.own if event.pair == self.pair]

    @property
    def submitted(self) -> list[Attempt]:
        """The submitted attempts in order of submission."""
        found = [a for a in self.timeline.attempts if a.pair == self.pair and a.submission]
        return sorted(found, key=_submission_order)

    @property
    def unsubmitted(self) -> list[Attempt]:
        """The attempts that were never submitted."""
        return [a for a in self.timeline.attempts if a.pair == self.pair and not a.submission]

    def content_met(self, after: Event | None) -> Event | None:
        """4.1: when every requirement was met after an event."""
        enough = self.policy.is_event_enough
        return self.register.content_met(self.timeline.own, self.pair, _place(after), enough)

    def approval_at(self, event: Event) -> Approval:
        """The register row of the date of an event."""
        return self.register.choose(self.pair, hong_kong_date(event.at))


def _submission_order(attempt: Attempt) -> int:
    return _place(attempt.submission)


def read_rows(module: ModuleFile) -> list[Row]:
    """The first row and one more for each further completion (contract 4, opening)."""
    rows = [_read_row(module, None)]
    while rows[-1].credit is not None:
        repeat = _read_row(module, rows[-1].credit)
        if repeat.credit is None:
            break  # an unfinished repeat makes no row
        rows.append(repeat)
    return rows


def _read_row(module: ModuleFile, after: Event | None) -> Row:
    """4.3: first attempt, one retake, restudy, and again."""
    row = Row(module.pair, after, after)
    first: Attempt | None = None
    failure: Event | None = None
    for attempt in module.submitted:
        submission = attempt.submission
        if submission is None or submission.order <= _place(after):
            continue
        if failure is not None:
            restudied = module.content_met(failure)
            if restudied is None or submission.order < restudied.order:
                row.uncounted.append(attempt)
                continue
            row.cycle, first, failure = failure, None, None
        pass_mark = module.approval_at(submission).pass_mark
        if pass_mark is None:
            row.unmarked = attempt
            break
        if is_pass(attempt, pass_mark):
            row.passing = attempt
            row.is_overlapping = first is not None and repeats_items(
                attempt, first, module.unsubmitted, _place(row.cycle)
            )
            break
        if first is None:
            first = attempt
        else:
            failure = submission
    if failure is not None:
        _await_restudy(module, row, failure)
    row.content = module.content_met(row.cycle)
    return row


def _await_restudy(module: ModuleFile, row: Row, failure: Event) -> None:
    """4.3: `not_earned` until restudy is complete; the figures run on until then."""
    if module.content_met(failure) is None:
        row.is_exhausted = True
    else:
        row.cycle = failure
