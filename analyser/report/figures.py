"""Figures for notebooks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from analyser.errors import AnalyserError
from analyser.report.persons import days_of
from analyser.report.svg import COLOURS
from analyser.report.text import shortened
from analyser.report.timeline import LANES
from analyser.report.words import Words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from analyser.report.timeline import Day
    from analyser.results import Results

SYMBOLS = {
    "login": "triangle-up", "logout": "triangle-down", "timeout": "triangle-down",
    "verify": "circle", "challenge": "diamond", "submit": "square", "complete": "star",
    "other_actor": "x",
}  # fmt: skip


def timeline_figure(results: Results, participant_id: str, language: str = "en") -> Figure:
    """A participant's time as a Plotly figure: one lane per kind of time, marks above them.

    Args:
        results: the assessed database.
        participant_id: whose time.
        language: ``en``, ``zh-Hant`` or ``both``.

    Raises:
        AnalyserError: the participant has no time in the results.
    """
    from plotly.graph_objects import Figure

    words = Words(language)
    days = days_of(results, [participant_id]).get(participant_id)
    if not days:
        name = shortened(participant_id, 80)
        raise AnalyserError(f"There is no time of participant {name!r} to draw; check the id.")
    figure = Figure()
    for lane in LANES:
        _add_lane(figure, lane, list(days.values()), words)
    _add_marks(figure, list(days.values()), words)
    figure.update_layout(
        template="plotly_white",
        barmode="overlay",
        height=360,
        margin={"l": 90, "r": 20, "t": 40, "b": 40},
        legend={"orientation": "h", "y": -0.2},
        xaxis={"type": "date"},
        yaxis={"autorange": "reversed"},
    )
    return figure


def _add_lane(figure: Figure, lane: str, days: list[Day], words: Words) -> None:
    spans = [(_instant(day, a), _instant(day, b)) for day in days for a, b in day.spans.get(lane, [])]
    if not spans:
        return
    name = words.plain(f"lane.{lane}")
    figure.add_bar(
        base=[start for start, _ in spans],
        x=[(end - start) / timedelta(milliseconds=1) for start, end in spans],
        y=[name] * len(spans),
        orientation="h",
        name=name,
        marker={"color": COLOURS[lane]},
        customdata=[f"{start:%Y-%m-%d %H:%M:%S} – {end:%H:%M:%S}" for start, end in spans],
        hovertemplate="%{customdata}<extra>%{y}</extra>",
    )


def _add_marks(figure: Figure, days: list[Day], words: Words) -> None:
    marks = [(_instant(day, second), kind, outcome) for day in days for second, kind, outcome in day.marks]
    for kind in sorted({kind for _, kind, _ in marks if kind in SYMBOLS}):
        mine: list[tuple[Any, str, str]] = [mark for mark in marks if mark[1] == kind]
        figure.add_scatter(
            x=[moment for moment, _, _ in mine],
            y=[words.plain("lane.session")] * len(mine),
            mode="markers",
            name=words.plain(f"mark.{'logout' if kind == 'timeout' else kind}"),
            text=[outcome for _, _, outcome in mine],
            marker={"symbol": SYMBOLS[kind], "size": 9, "color": "#1c262e"},
        )


def _instant(day: Day, second: int) -> datetime:
    return datetime.fromisoformat(day.date) + timedelta(seconds=second)
