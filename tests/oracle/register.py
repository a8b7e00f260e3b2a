"""The registers: which row is in force (contract 4.4) and what content is asked (4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .case import Case, Cells
from .model import Event, Pair
from .reading import read_date, read_duration, read_fraction, read_int

TRUE_WORDS = ("true", "t", "1", "yes", "y")


@dataclass(frozen=True)
class Approval:
    """One row of the register of activities; null dates are open."""

    pair: Pair
    first: date | None
    last: date | None
    approved_minutes: int
    minimum_minutes: int
    category: str | None
    delivery: str | None
    pass_mark: Fraction | None

    def covers(self, day: date) -> bool:
        """Whether it is in force on a date, both ends inclusive."""
        return self.has_begun(day) and (self.last is None or day <= self.last)

    def has_begun(self, day: date) -> bool:
        """Whether its first day is not after the date."""
        return self.first is None or self.first <= day

    @property
    def rank(self) -> tuple[date, date, int, int, Fraction, str, str]:
        """Latest first day; of rows alike in it, the last in a fixed order of what they say."""
        return (
            self.first or date.min,
            self.last or date.max,
            self.approved_minutes,
            self.minimum_minutes,
            Fraction(-1) if self.pass_mark is None else self.pass_mark,
            self.category or "",
            self.delivery or "",
        )


@dataclass(frozen=True)
class Register:
    """What the registers of a case say."""

    approvals: list[Approval]
    required: Mapping[Pair, frozenset[str]]
    clip_lengths: Mapping[tuple[str | None, str | None, str | None], int]
    venues: list[Cells]
    licences: Mapping[str, str | None]

    def is_registered(self, pair: Pair) -> bool:
        """Whether the pair is in the register at any date."""
        return any(approval.pair == pair for approval in self.approvals)

    def is_activity(self, activity: str) -> bool:
        """Whether the activity is in the register at any date."""
        return any(approval.pair[0] == activity for approval in self.approvals)

    def is_no_module(self, pair: Pair) -> bool:
        """Whether the pair is a modular activity without a module: learning of no module."""
        return pair[1] is None and self.is_activity(pair[0]) and not self.is_registered(pair)

    def choose(self, pair: Pair, day: date) -> Approval:
        """4.4: the row in force, else the one that began last before, else the earliest."""
        rows = [approval for approval in self.approvals if approval.pair == pair]
        in_force = [row for row in rows if row.covers(day)]
        begun = [row for row in rows if row.has_begun(day)]
        if in_force or begun:
            return max(in_force or begun, key=lambda row: row.rank)
        first = min(row.first or date.min for row in rows)
        return max((row for row in rows if row.first == first), key=lambda row: row.rank)

    def content_met(self, events: list[Event], pair: Pair, after: int, is_event_enough: bool) -> Event | None:
        """4.1: the event that met the last content requirement of a module after a place."""
        completes = [
            event
            for event in events
            if event.is_own and event.kind == "complete" and event.pair == pair and event.order > after
        ]
        whole = [event for event in completes if event.object_id is None][:1]
        required = self.required.get(pair, frozenset())
        if not required:
            return whole[0] if whole else None
        met = {event.object_id: event for event in reversed(completes)}
        ways = whole if is_event_enough else []
        if required <= met.keys():
            ways = [*ways, max((met[item] for item in required), key=lambda event: event.order)]
        return min(ways, key=lambda event: event.order, default=None)

    def is_venue(self, venue: str | None, day: date) -> bool:
        """Whether a venue is approved on a date."""
        return any(
            row["venue_id"] == venue
            and (read_date(row.get("approved_from")) or date.min) <= day
            and day <= (read_date(row.get("approved_to")) or date.max)
            for row in self.venues
            if venue is not None
        )


def read_register(case: Case) -> Register:
    """The registers of a case."""
    required: dict[Pair, set[str]] = {}
    lengths: dict[tuple[str | None, str | None, str | None], int] = {}
    for row in case.items:
        activity, module, thing = row["activity_id"], row.get("module_id"), row["object_id"]
        if activity and thing and (row.get("required") or "").lower() in TRUE_WORDS:
            required.setdefault((activity, module), set()).add(thing)
        known = read_duration(row.get("length_s"))
        if known is not None:
            key = (activity, module, thing)
            lengths[key] = max(known, lengths.get(key, 0))
    return Register(
        approvals=[_read_approval(row) for row in case.activities],
        required={pair: frozenset(things) for pair, things in required.items()},
        clip_lengths=lengths,
        venues=list(case.venues),
        licences={row["participant_id"] or "": row.get("licence_type") for row in case.participants},
    )


def _read_approval(row: Cells) -> Approval:
    approved = read_int(row.get("approved_minutes")) or 0
    stated = read_int(row.get("stated_minutes"))
    return Approval(
        pair=(row["activity_id"] or "", row.get("module_id")),
        first=read_date(row.get("approved_from")),
        last=read_date(row.get("approved_to")),
        approved_minutes=approved,
        minimum_minutes=approved if stated is None else stated,
        category=row.get("category"),
        delivery=row.get("delivery"),
        pass_mark=read_fraction(row.get("pass_mark")),
    )
