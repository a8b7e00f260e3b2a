"""Other projects' expectations, reproduced with their own parameters."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pytest

from analyser.formats.json_parts import duration_s, is_duration
from analyser.measures import Engagement, Viewings, engaged, viewings, watched_seconds
from analyser.store import literal
from tests.formats.support import real

ACTS = (
    "CREATE OR REPLACE TABLE act (who VARCHAR, clip VARCHAR, at_us BIGINT, act VARCHAR, position VARCHAR, "
    "origin VARCHAR, length_s DOUBLE)"
)


def read(connection: duckdb.DuckDBPyConnection, file: str) -> str:
    return f"read_csv({literal(str(real(file)))}, all_varchar = true)"


def seen(events: list[dict[str, Any]], length: float | None = None) -> list[tuple[Any, ...]]:
    connection = duckdb.connect()
    connection.execute(ACTS)
    for entry in events:
        position, origin = entry.get("position"), entry.get("from")
        connection.execute(
            "INSERT INTO act VALUES ('a', 'c', ?, ?, ?, ?, ?)",
            [round(entry["t"] * 1e6), entry["type"], position, origin, length],
        )
    return [row[2:] for row in viewings(connection, "act", Viewings())]


def test_viewings_of_the_edx_pipeline() -> None:
    cases = json.loads(real("cases/edx_video_viewing_cases.json").read_text(encoding="utf-8"))
    settings = cases["settings"]
    assert Viewings() == Viewings(
        settings["minimum_viewing_s"],
        settings["maximum_position_s"],
        settings["tolerance_past_known_duration_s"],
    )
    assert len(cases["viewing_cases"]) == 14
    for case in cases["viewing_cases"]:
        found = seen(case["events"], case.get("video_duration_s"))
        expected = case["viewings"]
        assert [(start / 1e6, since, until) for start, since, until, _ in found] == [
            (entry["start_t"], entry["from"], entry["to"]) for entry in expected
        ], case["test"]
        for (*_, ended_by), entry in zip(found, expected, strict=True):
            assert ended_by == entry.get("ended_by", ended_by), case["test"]
    for value in cases["position_values"]["rejected"]:
        if value is not None:
            acts = [
                {"t": 0, "type": "play", "position": "0"},
                {"t": 9, "type": "stop", "position": str(value)},
            ]
            assert seen(acts) == [], value
    sound = [{"t": 0, "type": "play", "position": "0"}, {"t": 9, "type": "pause", "position": "5"}]
    assert seen(sound) == [(0, 0, 5, "pause")]


@pytest.mark.parametrize(("length", "count"), [(0.24, 0), (0.25, 1), (0.26, 1)])
def test_the_shortest_viewing(length: float, count: int) -> None:
    acts = [{"t": 0, "type": "play", "position": 0}, {"t": 1, "type": "pause", "position": length}]
    assert len(seen(acts)) == count


def test_lengths_of_time() -> None:
    cases = json.loads(real("cases/edx_video_viewing_cases.json").read_text(encoding="utf-8"))
    values = json.loads(real("cases/xapi_value_cases.json").read_text(encoding="utf-8"))
    connection = duckdb.connect()

    def one(expression: str) -> Any:
        return connection.execute(f"SELECT {expression}").fetchall()[0][0]

    for entry in cases["iso_duration_cases"]:
        assert one(duration_s(literal(entry["text"]))) == entry["s"]
    for text, is_good in [(t, True) for t in values["duration_accept"]] + [
        (t, False) for t in values["duration_reject"]
    ]:
        assert one(is_duration(literal(str(text)))) is is_good, text
    # A month has no fixed length; minutes are no months.
    assert (one(duration_s("'P1M'")), one(duration_s("'PT1M'")), one(duration_s("'P1DT1M0.5S'"))) == (
        None, 60, 86_460.5,
    )  # fmt: skip


def test_watched_seconds_of_aspects_row_for_row() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE act AS SELECT actor_id AS who, object_id AS clip, "
        "epoch_us(emission_time_long::TIMESTAMP) AS at_us, event_id AS id, "
        "ends_with(verb_id, '/played') AS is_play, video_position::BIGINT AS position_s "
        f"FROM {read(connection, 'aspects_video/video_playback_events_expected.csv')} "
        "WHERE NOT ends_with(verb_id, '/initialized')"
    )
    expected = connection.execute(
        "SELECT actor_id, object_id, watched_segment::BIGINT, watch_count::BIGINT "
        f"FROM {read(connection, 'aspects_video/fact_video_segments_expected.csv')} ORDER BY ALL"
    ).fetchall()
    assert len(expected) == 14_628
    assert watched_seconds(connection, "act") == expected


def test_engaged_time_of_snowplow() -> None:
    cases = json.loads(real("cases/snowplow_engaged_time_cases.json").read_text(encoding="utf-8"))
    settings = cases["settings"]
    parameters = Engagement(settings["heartbeat_s"], settings["min_visit_length_s"])
    connection = duckdb.connect()
    page = "json_extract_string(contexts_com_snowplowanalytics_snowplow_web_page_1_0_0, '$[0].id')"
    connection.execute(
        f"CREATE TABLE act AS SELECT {page} AS view, epoch_us(derived_tstamp::TIMESTAMP) AS at_us, "
        "event_name = 'page_ping' AS is_heartbeat FROM (SELECT DISTINCT ON (event_id) * "
        f"FROM {read(connection, 'snowplow/snowplow_web_events.csv')} ORDER BY event_id, collector_tstamp) "
        "WHERE event_name IN ('page_view', 'page_ping')"
    )
    found = {
        view: (engaged_s, length_s) for view, engaged_s, length_s in engaged(connection, "act", parameters)
    }
    expected = connection.execute(
        "SELECT page_view_id, engaged_time_in_s::BIGINT "
        f"FROM {read(connection, 'snowplow/snowplow_web_page_views_expected.csv')}"
    ).fetchall()
    assert len(expected) == 43
    assert [found[view][0] for view, *_ in expected] == [length for _, length in expected]
    for case in cases["cases"]:
        assert found[case["page_view_id"]] == (case["expected"]["engaged_s"], case["expected"]["absolute_s"])


@pytest.mark.parametrize(("late", "expected"), [(21_600, 15), (21_601, 5)])
def test_a_late_heartbeat_belongs_to_no_view(late: int, expected: int) -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE act AS SELECT 'v' AS view, * FROM (VALUES (0, false), (1000000, true), "
        "($1 * 1000000::BIGINT, true)) AS made (at_us, is_heartbeat)", [late]
    )  # fmt: skip
    assert engaged(connection, "act", Engagement())[0][1] == expected
