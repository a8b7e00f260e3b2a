"""What a scheme's credit is: which column, in what unit, and what is shown beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PERIODS = (
    "hours", "required_hours", "shortfall_hours", "er_hours", "required_er_hours", "shortfall_er_hours",
    "held_hours",
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """How a scheme's results are shown; what a database does not say is as for e-learning.

    Attributes:
        credit: the column of credits that is the credit.
        approved: the column with what the approval gives.
        unit: key of the credit's unit among the words.
        is_time: credit is minutes, so hours, time bases and waterfalls can be shown.
        is_measured: rows have a beginning, an end and a length, so they are shown.
        facts: further columns of credits for a participant's card.
        periods: columns of periods to show.
        period_note: the finding that stands beside a period's verdict; its end is the period's last day.
        argument: for each clause its codes, and what is said when none was found.
        words: words of the reports that mean something else in this scheme.
    """

    credit: str = "credited_minutes"
    approved: str = "stated_minutes"
    unit: str = "totals.minutes_unit"
    is_time: bool = True
    is_measured: bool = True
    facts: tuple[str, ...] = ()
    periods: tuple[str, ...] = PERIODS
    period_note: str = ""
    argument: tuple[dict[str, Any], ...] = field(default=())
    words: dict[str, Any] = field(default_factory=dict)


def shape_of(info: dict[str, Any]) -> Shape:
    """The shape of the scheme that made the results."""
    given = info.get("report") or {}
    known: dict[str, Any] = {name: given[name] for name in Shape.__dataclass_fields__ if name in given}
    lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
    return Shape(**(known | lists))
