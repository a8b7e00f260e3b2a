"""Figures for notebooks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from analyser.errors import AnalyserError
from analyser.report.persons import days_of
from analyser.report.shape import shape_of
from analyser.report.svg import COLOURS
from analyser.report.text import clock, shortened
from analyser.report.timeline import LANES
from analyser.report.words import Words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from analyser.report.timeline import Day
    from analyser.results import Results

SYMBOLS = {
    "login": "triangle-up",
    "logout": "triangle-down",
    "timeout": "triangle-down",
    "verify": "circle",
    "challenge": "diamond",
    "submit": "square",
    "complete": "star",
    "other_actor": "x",
}
# States exclude one another, so a day needs one row; its sessions are all of them together.
STATES = LANES[1:]
# Times of day share one axis, whatever their date.
MIDNIGHT = datetime.min.replace(year=2000)
ROW, EDGES = 34, 150


def timeline_figure(results: Results, participant_id: str, language: str = "en") -> Figure:
    """A participant's time as a Plotly figure: one row per day, one colour per kind of time.

    Args:
        results: the assessed database.
        participant_id: whose time.
        language: ``en``, ``zh-Hant`` or ``both``.

    Raises:
        AnalyserError: the participant has no time in the results.
    """
    from plotly.graph_objects import Figure

    words = Words(language, shape_of(results.info).words)
    found = days_of(results, [participant_id]).get(participant_id)
    if not found:
        name = shortened(participant_id, 80)
        raise AnalyserError(f"There is no time of participant {name!r} to draw; check the id.")
    days = sorted(found.values(), key=lambda day: day.date)
    figure = Figure()
    for state in STATES:
        _add_state(figure, state, days, words)
    _add_marks(figure, days, words)
    figure.update_layout(
        template="plotly_white",
        barmode="overlay",
        bargap=0.45,
        height=EDGES + ROW * len(days),
        margin={"l": 90, "r": 20, "t": 20, "b": 40},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom"},
        xaxis={"type": "date", "tickformat": "%H:%M"},
        yaxis={"type": "category", "autorange": "reversed"},
    )
    return figure


def _add_state(figure: Figure, state: str, days: list[Day], words: Words) -> None:
    spans = [(day.date, a, b) for day in days for a, b in day.spans.get(state, [])]
    if not spans:
        return
    figure.add_bar(
        base=[_time(a) for _, a, _ in spans],
        x=[1000 * (b - a) for _, a, b in spans],
        y=[date for date, _, _ in spans],
        orientation="h",
        name=words.plain(f"lane.{state}"),
        marker={"color": COLOURS[state], "line": {"width": 0}},
        customdata=[f"{_time(a):%H:%M:%S}, {clock(b - a)}" for _, a, b in spans],
        hovertemplate="%{customdata}",
    )


def _add_marks(figure: Figure, days: list[Day], words: Words) -> None:
    marks = [(day.date, *mark) for day in days for mark in day.marks]
    for kind, symbol in SYMBOLS.items():
        mine = [mark for mark in marks if mark[2] == kind]
        if not mine:
            continue
        # As on the page, an open shape is a check that was not passed.
        symbols = [symbol + ("-open" if mark[3] in {"fail", "ignored"} else "") for mark in mine]
        figure.add_scatter(
            x=[_time(mark[1]) for mark in mine],
            y=[mark[0] for mark in mine],
            mode="markers",
            name=words.plain(f"mark.{'logout' if kind == 'timeout' else kind}"),
            text=[mark[3] for mark in mine],
            marker={"symbol": symbols, "size": 8, "color": "#1c262e"},
        )


def _time(second: int) -> datetime:
    return MIDNIGHT + timedelta(seconds=second)
