"""The totals of a participant and assessment period: contract 4.9 and section 5."""

from collections.abc import Mapping
from fractions import Fraction

from .credit import Cells

REQUIRED = {"individual": (15, 3), "travel": (3, 0)}
ETHICS = "ethics_or_regulations"
PeriodCells = dict[str, Fraction | bool | str | None]


def total_periods(credits: list[Cells], licences: Mapping[str, str | None]) -> list[PeriodCells]:
    """One row per participant and period in which a row has its credit date."""
    keys = {(str(r["participant_id"]), str(r["period"])) for r in credits if r["period"] is not None}
    return [_total(person, period, credits, licences.get(person)) for person, period in sorted(keys)]


def _hours(rows: list[Cells], status: str) -> Fraction:
    return Fraction(sum(int(r["credited_minutes"] or 0) for r in _of(rows, "status", status)), 60)


def _of(rows: list[Cells], column: str, value: str) -> list[Cells]:
    return [row for row in rows if row[column] == value]


def _total(person: str, period: str, credits: list[Cells], licence: str | None) -> PeriodCells:
    rows = _of(_of(credits, "participant_id", person), "period", period)
    hours, er_hours = _hours(rows, "awarded"), _hours(_of(rows, "category", ETHICS), "awarded")
    cells: PeriodCells = {
        "participant_id": person,
        "period": period,
        "hours": hours,
        "er_hours": er_hours,
        "required_hours": None,
        "required_er_hours": None,
        "shortfall_hours": None,
        "shortfall_er_hours": None,
        "compliant": None,
        "held_hours": _hours(rows, "held"),
    }
    if licence in REQUIRED:
        need, er_need = map(Fraction, REQUIRED[licence])
        short, er_short = max(Fraction(), need - hours), max(Fraction(), er_need - er_hours)
        cells |= {
            "required_hours": need,
            "required_er_hours": er_need,
            "shortfall_hours": short,
            "shortfall_er_hours": er_short,
            "compliant": not short and not er_short,
        }
    return cells
