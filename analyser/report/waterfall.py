"""From login time to credited minutes, step by step, so that the steps add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analyser.report import svg
from analyser.report.text import MINUS, clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from analyser.report.words import Words

WIDTH, LEFT, RIGHT = 560, 148, 84
TOP, ROW, BAR = 20, 21, 13


@dataclass(frozen=True)
class Step:
    """One bar: a level that stands, or what is taken off between two levels.

    Attributes:
        name: its key among the words.
        start_s: where the bar begins.
        length_s: how long it is.
        is_taken_off: a deduction, not a level.
    """

    name: str
    start_s: int
    length_s: int
    is_taken_off: bool = False


def steps(row: Mapping[str, Any], unit_s: int) -> list[Step]:
    """The steps of a credit row, which add up from login time to evidenced minutes.

    Idle time inside an assessment is taken off once, with the assessment.

    Args:
        row: a row of `credits`.
        unit_s: seconds of one credit unit.
    """
    login, active = int(row["login_s"] or 0), int(row["active_s"] or 0)
    assessment = min(int(row["assessment_s"] or 0), login - min(active, login))
    # Seconds are rounded down one by one, so the rest may be a second or two too long.
    idle = min(max(login - assessment - active, 0), int(row["idle_s"] or 0))
    units = active // unit_s * unit_s
    evidenced = 60 * int(row["evidenced_minutes"] or 0)
    taken = [
        Step("login", 0, login),
        Step("assessment", login - assessment, assessment, True),
        Step("idle", active, idle, True),
        Step("active", 0, active),
        Step("part_unit", units, active - units, True),
        Step("above_approved", min(evidenced, units), max(units - evidenced, 0), True),
    ]
    levels = [step for step in taken if step.length_s or not step.is_taken_off]
    return [*levels, Step("evidenced", 0, evidenced)]


def waterfall_picture(row: Mapping[str, Any], unit_s: int, words: Words) -> str:
    """The steps of a credit row as SVG, with the approved minutes as a dashed line."""
    shown = steps(row, unit_s)
    last = "held" if row["status"] == "held" else "credited"
    shown.append(Step(last, 0, 60 * int(row["credited_minutes"] or 0)))
    stated = 60 * int(row["stated_minutes"] or 0)
    whiskers = [int(row[name] or 0) for name in ("active_lower_s", "active_upper_s")]
    longest = max([stated, *whiskers, *(step.start_s + step.length_s for step in shown)])
    scale = (WIDTH - LEFT - RIGHT) / max(longest, 1)
    height = TOP + ROW * len(shown) + 4
    body = [*_stated(stated, scale, height, words)]
    for place, step in enumerate(shown):
        body += _bar(step, TOP + place * ROW, scale, words)
        if step.name == "active" and whiskers[0] != whiskers[1]:
            body += _whisker(whiskers, TOP + place * ROW, scale)
    label = "; ".join(f"{words.plain(f'step.{s.name}')} {clock(s.length_s)}" for s in shown)
    return svg.picture(WIDTH, height, label, body, "waterfall")


def _bar(step: Step, y: float, scale: float, words: Words) -> Iterator[str]:
    yield svg.texts(LEFT - 10, y + 11, words.texts(f"step.{step.name}"), "lane")
    if step.length_s:
        yield svg.box(LEFT + step.start_s * scale, y, step.length_s * scale, BAR, f"step-{step.name}")
    sign = MINUS if step.is_taken_off else ""
    yield svg.text(WIDTH - RIGHT + 74, y + 11, sign + clock(step.length_s), "figure")


def _whisker(seconds: list[int], y: float, scale: float) -> Iterator[str]:
    """The range of active time between the strictest and the mildest reading."""
    low, high = (LEFT + second * scale for second in seconds)
    for kind in ("halo", "whisker"):
        yield svg.line(low, y + BAR / 2, high, y + BAR / 2, kind)
        yield svg.line(low, y + 3, low, y + BAR - 3, kind)
        yield svg.line(high, y + 3, high, y + BAR - 3, kind)


def _stated(stated: int, scale: float, height: float, words: Words) -> Iterator[str]:
    if stated:
        x = LEFT + stated * scale
        yield svg.line(x, TOP - 4, x, height - 2, "stated")
        yield svg.texts(x, 11, words.texts("step.stated", minutes=stated // 60), "tick")
