"""What a participant did on one day, as a picture with one lane per kind of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.report import svg
from analyser.report.text import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyser.report.words import Words

LANES = ("session", "learning", "media", "idle", "assessment", "break", "portal")
HOUR = 3600
DAY = 24 * HOUR
# Gaps between axis labels, from fine to coarse, and how many of them fit.
STEPS = (300, 600, 900, 1800, HOUR, 2 * HOUR, 3 * HOUR)
GAPS = 12
WIDTH, LEFT, RIGHT = 960, 104, 76
TOP, LANE, BAR, AXIS = 32, 19, 12, 20
# Marks stand in two rows, so that a login is not hidden by the identity check that belongs to it.
MARK_ROWS = (8, 21)
CHECKS = frozenset({"verify", "challenge", "submit", "complete"})
SHAPES = {
    "login": "M-4 5h8l-4-9z",
    "logout": "M-4-4h8l-4 9z",
    "timeout": "M-4-4h8l-4 9z",
    "verify": "M0-4a4 4 0 1 0 .01 0z",
    "challenge": "M0-5.5l5 5.5-5 5.5-5-5.5z",
    "submit": "M-4-4h8v8h-8z",
    "complete": "M-4 0l3 4 6-8",
    "other_actor": "M-4-4l8 8M4-4l-8 8",
}


@dataclass
class Day:
    """One day of one participant, times in seconds after Hong Kong midnight.

    Attributes:
        date: the Hong Kong date.
        spans: drawn spans (start, end) of each lane.
        totals: exact seconds of each lane.
        marks: (second, kind, outcome) of moments worth seeing.
    """

    date: str
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    marks: list[tuple[int, str, str]] = field(default_factory=list)

    def frame(self) -> tuple[int, int]:
        """First and last second of the picture: whole half hours around what happened."""
        times = [edge for spans in self.spans.values() for span in spans for edge in span]
        times += [mark[0] for mark in self.marks]
        start = min(times, default=0) // 1800 * 1800
        end = -(-max(times, default=0) // 1800) * 1800
        end = min(max(end, start + HOUR), DAY)
        return min(start, end - HOUR), end


def day_picture(day: Day, lanes: tuple[str, ...], words: Words) -> str:
    """The picture of one day as SVG.

    Args:
        day: what to draw.
        lanes: the lanes to show, the same for all days of a participant.
        words: in which language.
    """
    height = TOP + LANE * len(lanes) + AXIS
    body = [*_grid(day, len(lanes)), *_bars(day, lanes, words), *_marks(day)]
    return svg.picture(WIDTH, height, _label(day, lanes, words), body, "timeline")


def _label(day: Day, lanes: tuple[str, ...], words: Words) -> str:
    """The picture in a sentence, for those who hear the report."""
    parts = [
        f"{words.plain(f'lane.{lane}')} {clock(day.totals[lane])}" for lane in lanes if day.totals.get(lane)
    ]
    return f"{day.date}: " + "; ".join(parts)


def _scale(day: Day) -> tuple[int, float]:
    start, end = day.frame()
    return start, (WIDTH - LEFT - RIGHT) / (end - start)


def _grid(day: Day, lanes: int) -> Iterator[str]:
    start, end = day.frame()
    origin, scale = _scale(day)
    bottom = TOP + LANE * lanes
    step = next((step for step in STEPS if (end - start) / step <= GAPS), STEPS[-1])
    for second in range(start, end + 1, step):
        x = LEFT + (second - origin) * scale
        yield svg.line(x, TOP - 4, x, bottom, "grid")
        yield svg.text(x, bottom + 14, f"{second // HOUR:02d}:{second // 60 % 60:02d}", "tick")


def _bars(day: Day, lanes: tuple[str, ...], words: Words) -> Iterator[str]:
    origin, scale = _scale(day)
    for row, lane in enumerate(lanes):
        y = TOP + row * LANE
        spans = ((LEFT + (a - origin) * scale, (b - a) * scale) for a, b in day.spans.get(lane, []))
        yield svg.texts(LEFT - 10, y + 10, words.texts(f"lane.{lane}"), "lane")
        yield svg.bars(spans, y, BAR, f"fill-{lane}")
        if day.totals.get(lane):
            yield svg.text(WIDTH - RIGHT + 10, y + 10, clock(day.totals[lane]), "total")


def _marks(day: Day) -> Iterator[str]:
    """Marks above the lanes; those too close to tell apart are drawn once."""
    origin, scale = _scale(day)
    drawn: set[tuple[int, str, str]] = set()
    for second, kind, outcome in day.marks:
        x = LEFT + (second - origin) * scale
        same = (round(x / 4), kind, outcome)
        if kind in SHAPES and same not in drawn:
            drawn.add(same)
            yield svg.glyph(x, MARK_ROWS[kind in CHECKS], SHAPES[kind], mark_kind(kind, outcome))


def mark_kind(kind: str, outcome: str) -> str:
    """The style of a mark: an open shape is a check that was not passed."""
    return f"mark mark-{kind}" + (" open" if outcome in {"fail", "ignored"} else "")
