"""Pictures: their figures add up before anything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.errors import AnalyserError
from analyser.report.figures import timeline_figure
from analyser.report.persons import days_of
from analyser.report.timeline import LANES, Day, day_picture
from analyser.report.waterfall import steps, waterfall_picture
from analyser.report.words import Words

from .database import database
from .sample import at, credit, span

if TYPE_CHECKING:
    from analyser.results import Results

UNIT_S = 1800


@given(
    login=st.integers(0, 20_000),
    data=st.data(),
    stated=st.sampled_from([0, 30, 60, 300]),
)
def test_steps_add_up(login: int, data: st.DataObject, stated: int) -> None:
    """Login time less each deduction is active time; less the rest it is what is evidenced."""
    assessment = data.draw(st.integers(0, login))
    idle = data.draw(st.integers(0, login))
    active = login - data.draw(st.integers(max(assessment, idle), min(assessment + idle, login)))
    evidenced = min(stated, 30 * (active // UNIT_S))
    row = credit(
        "P001",
        "A1",
        "M1",
        "awarded",
        login_s=login,
        active_s=active,
        assessment_s=assessment,
        idle_s=idle,
        stated_minutes=stated,
        evidenced_minutes=evidenced,
    )
    shown = {step.name: step for step in steps(row, UNIT_S)}
    off = {name: step.length_s for name, step in shown.items() if step.is_taken_off}
    assert login - off.get("assessment", 0) - off.get("idle", 0) == active
    assert active - off.get("part_unit", 0) - off.get("above_approved", 0) == 60 * evidenced
    assert all(step.start_s >= 0 and step.length_s >= 0 for step in shown.values())


def test_idle_time_inside_an_assessment_is_taken_off_once() -> None:
    """The assessment takes it; the idle step is what lies outside."""
    row = credit("P001", "A1", "M1", "held", login_s=3600, assessment_s=900, idle_s=600, active_s=2700)
    assert [step.name for step in steps(row, UNIT_S)][:3] == ["login", "assessment", "active"]


def test_pictures_are_well_formed() -> None:
    """Both pictures are XML, in one language and in two."""
    for language in ("en", "zh-Hant", "both"):
        words = Words(language)
        row = credit("P001", "A1", "M1", "held")
        day = Day("2025-03-03", {"learning": [(0, 60)]}, {"learning": 60}, [(5, "login", "")])
        for picture in (waterfall_picture(row, UNIT_S, words), day_picture(day, LANES, words)):
            expat.ParserCreate().Parse(picture, True)
            assert 'aria-label="' in picture


def test_days_are_hong_kong_days(results: Results) -> None:
    """An interval over midnight is drawn on both days, and nothing is lost."""
    days = days_of(results, ["P001"])["P001"]
    assert sorted(days) == ["2025-03-03", "2025-03-05", "2025-03-07", "2025-03-08"]
    assert days["2025-03-07"].spans["learning"] == [(84_600, 86_400)]
    assert days["2025-03-08"].spans["learning"] == [(0, 1800)]
    day = days["2025-03-03"]
    assert day.totals["session"] == sum(day.totals.get(lane, 0) for lane in LANES[1:])
    assert day.totals["session"] == 5370


def test_small_gaps_are_closed_in_the_picture_only() -> None:
    """Spans a few seconds apart are one bar; the figure beside it stays exact."""
    start = at(3, 9)
    rows = [span("P001", start.replace(second=s), 4 / 60, "learning") for s in range(0, 50, 5)]
    day = days_of(database({"intervals": rows}), ["P001"])["P001"]["2025-03-03"]
    assert day.spans["learning"] == [(32_400, 32_449)]
    assert day.totals["learning"] == 40


def test_marks_are_drawn_where_they_belong(results: Results) -> None:
    """A failed check is an open shape; without the table there are no marks."""
    day = days_of(results, ["P002"])["P002"]["2025-03-03"]
    assert day.marks == [(46_200, "challenge", "fail"), (48_000, "submit", "")]
    picture = day_picture(day, LANES, Words("en"))
    assert "mark-challenge open" in picture
    assert "mark-submit" in picture
    bare = days_of(database(has_marks=False), ["P002"])["P002"]["2025-03-03"]
    assert bare.marks == []


@pytest.mark.parametrize(("first", "last"), [(0, 1), (86_399, 86_400), (3599, 3601), (0, 86_400)])
def test_the_frame_holds_everything(first: int, last: int) -> None:
    """The picture begins and ends on half hours around what happened."""
    start, end = Day("2025-03-03", {"learning": [(first, last)]}).frame()
    assert start <= first < last <= end
    assert start % 1800 == end % 1800 == 0
    assert end - start >= 3600


def test_the_notebook_figure_has_the_same_spans(results: Results) -> None:
    """One trace per kind of time, one row per day, and one trace per kind of mark."""
    figure = timeline_figure(results, "P001")
    names = [trace.name for trace in figure.data]
    assert names[:5] == ["Learning", "Media", "Idle", "Assessment", "Portal"]
    assert "login" in names
    learning = figure.data[0]
    assert sum(learning.x) == 1000 * (2 * 42 * 60 + 3600)
    assert sorted(set(learning.y)) == ["2025-03-03", "2025-03-05", "2025-03-07", "2025-03-08"]
    failed = timeline_figure(results, "P002").data[-2]
    assert list(failed.marker.symbol) == ["diamond-open"]


def test_a_figure_of_nobody_is_a_sentence(results: Results) -> None:
    """An unknown participant is an error that says what to do."""
    with pytest.raises(AnalyserError, match="check the id"):
        timeline_figure(results, "nobody")
