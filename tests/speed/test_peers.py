"""Every engine of the comparison computes what its rule says: a plain second calculation agrees."""

import importlib
import itertools
import random
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from benchmarks.peers import ENGINES, IDLE_US, NO_ACTS
from benchmarks.peers.statements import RESULT, statements
from benchmarks.peers.work import check

SECOND = 1_000_000
WORDS = ("view", "interact", "media_play", "media_pause", "media_end", "heartbeat", "idle", "timeout", "edit")
PAPER = ("assessment_start", "question", "answer", "assessment_submit")
Owner = tuple[str, str, str | None]
Span = tuple[int, int]


class Event(NamedTuple):
    at_us: int
    participant: str
    activity: str | None
    module: str | None
    session: str | None
    attempt: str | None
    event: str


def random_events(seed: int, count: int = 600) -> list[Event]:
    draw = random.Random(seed)
    events = []
    for _ in range(count):
        # Many silences of exactly the threshold, one microsecond less and one more.
        at_us = draw.randrange(40) * IDLE_US + draw.choice((-1, 0, 0, 1, 7 * SECOND))
        attempt = draw.choice((None, None, "1", "2"))
        events.append(
            Event(
                1_700_000_000 * SECOND + at_us, draw.choice(("P1", "P2", "P3")),
                draw.choice((None, "A", "B")), draw.choice((None, "M1", "M2")),
                draw.choice((None, "s1", "s2", "s3")), attempt,
                draw.choice(PAPER if attempt else WORDS),
            )
        )  # fmt: skip
    return events


def write(events: list[Event], path: Path) -> Path:
    rows = ", ".join(
        "(" + ", ".join("NULL" if cell is None else repr(cell) for cell in event) + ")" for event in events
    )
    duckdb.connect().execute(
        "COPY (SELECT make_timestamptz(a) AS timestamp, p AS participant_id, b AS activity_id, "
        "m AS module_id, s AS session_id, t AS attempt_id, e AS event "
        f"FROM (VALUES {rows}) v(a, p, b, m, s, t, e)) "
        f"TO '{path}' (FORMAT parquet)"
    )
    return path


def length(spans: list[Span]) -> int:
    """Microseconds covered at least once."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def without(spans: list[Span], taken: list[Span]) -> list[Span]:
    for start, end in taken:
        if start == end:
            continue
        spans = [
            part for a, b in spans for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]
        ]
    return spans


def plainly(events: list[Event]) -> set[tuple[object, ...]]:
    """The rule, read slowly: streams one after another, silences one after another."""
    owners: dict[Owner, dict[str, list[Span]]] = {}
    streams: dict[tuple[Owner, str], list[Event]] = {}
    papers: dict[tuple[Owner, str], list[Event]] = {}
    for event in events:
        if event.activity is None:
            continue
        owner = (event.participant, event.activity, event.module)
        if event.session and event.event not in NO_ACTS:
            streams.setdefault((owner, event.session), []).append(event)
        if event.attempt:
            papers.setdefault((owner, event.attempt), []).append(event)
    for (owner, _), acts in streams.items():
        spans = owners.setdefault(owner, {"stream": [], "active": [], "test": []})
        instants = sorted({act.at_us for act in acts})
        spans["stream"].append((instants[0], instants[-1]))
        for start, end in itertools.pairwise(instants):
            said = [(act.at_us, act.event == "media_play") for act in acts
                    if act.at_us <= start and act.event.startswith("media")]  # fmt: skip
            is_idle = end - start > IDLE_US and not (said and max(said)[1])
            spans["active"].append((start, start + IDLE_US if is_idle else end))
    for (owner, _), acts in papers.items():
        spans = owners.setdefault(owner, {"stream": [], "active": [], "test": []})
        begun = min((a.at_us for a in acts if a.event == "assessment_start"), default=None)
        submit = min((a.at_us for a in acts if a.event == "assessment_submit"), default=None)
        first, last = min(a.at_us for a in acts), max(a.at_us for a in acts)
        is_late = begun is not None and submit is not None and begun > submit
        spans["test"].append((
            first if begun is None or is_late else begun, last if submit is None else submit
        ))  # fmt: skip
    return {
        (*owner, length(s["stream"] + s["test"]), length(without(s["active"], s["test"])), length(s["test"]))
        for owner, s in owners.items()
    }


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "spark"])
def test_engine_agrees(engine: str, seed: int, tmp_path: Path) -> None:
    if engine in {"polars", "chdb"}:
        pytest.importorskip(engine)
    events = random_events(seed)
    source = write(events, tmp_path / "events.parquet")
    out = tmp_path / "out"
    out.mkdir()
    importlib.import_module(f"benchmarks.peers.by_{engine}").compute(source, out)
    rows = duckdb.connect().execute(f"FROM read_parquet('{out}/*.parquet')").fetchall()
    assert set(rows) == plainly(events)
    assert len(rows) == len(set(rows)) > 5


def test_a_changed_row_changes_the_digest(tmp_path: Path) -> None:
    seen = set()
    for number, minutes in enumerate((1, 2, 1)):
        folder = tmp_path / str(number)
        folder.mkdir()
        duckdb.connect().execute(
            "COPY (SELECT 'P' AS participant_id, 'A' AS activity_id, NULL::VARCHAR AS module_id, "
            f"{minutes} AS presence_us, 0 AS active_us, 0 AS assessment_us) TO '{folder}/part.parquet'"
        )
        seen.add(check(folder)["digest"])
    assert len(seen) == 2


def test_statements_end_with_the_result() -> None:
    steps = statements(events="e", micros="m", bucket="b")
    assert steps[-1].name == RESULT
    assert [step.name for step in steps if step.is_reused] == ["digest"]
