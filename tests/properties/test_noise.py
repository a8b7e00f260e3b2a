"""Noise never buys credit: heartbeats, repeated rows and idle records raise nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.oracle.model import iso
from tests.oracle.policy import read_policy
from tests.oracle.reading import read_duration, read_events
from tests.oracle.sessions import form_sessions
from tests.properties.support import Cells, Given, credits_of, lay_down, random_given

Row = dict[str, Any]
SEEDS = range(500, 510)
FIGURES = ("active_s", "active_lower_s", "active_upper_s", "evidenced_minutes")


def _inside(given: Given, rng: Random, count: int) -> list[Cells]:
    """The beginnings of rows strictly inside sessions that have an id."""
    gap = read_policy(given.policy).session_gap
    found: list[Cells] = []
    for person, events in read_events(given.tables["events"], given.as_of).items():
        sessions = form_sessions([event for event in events if event.is_own], gap)
        wide = [s for s in sessions if not s.is_derived and s.end - s.start > 2]
        for session in rng.choices(wide, k=count) if wide else []:
            at = rng.randrange(session.start + 1, session.end)
            row = {"timestamp": iso(at), "participant_id": person, "session_id": session.name}
            pairs = [event.pair for event in session.events if event.at <= at and event.pair]
            # Portal time half the time, else that of what was open.
            activity, module = pairs[-1] if pairs and rng.random() < 0.5 else (None, None)
            found.append({**row, "activity_id": activity, "module_id": module})
    return found


def heartbeats(given: Given, rng: Random) -> Given:
    more = [{**row, "event": "heartbeat"} for row in _inside(given, rng, 30)]
    return given.having(events=[*given.tables["events"], *more])


def idle_records(given: Given, rng: Random) -> Given:
    more = [
        {**row, "event": "idle", "duration_s": str(rng.choice((1, 59, 600, 90_000)))}
        for row in _inside(given, rng, 6)
    ]
    return given.having(events=[*given.tables["events"], *more])


def longer_idle_records(given: Given, rng: Random) -> Given:
    return given.having(events=[_longer(row, rng) for row in given.tables["events"]])


def _longer(row: Cells, rng: Random) -> Cells:
    if row["event"] != "idle" or not row["duration_s"]:
        return row
    length = (read_duration(row["duration_s"]) or 0) / 1_000_000 + rng.choice((1, 300, 3600))
    return {**row, "duration_s": f"{length:.6f}"}


def repeated_rows(given: Given, rng: Random) -> Given:
    events = given.tables["events"]
    return given.having(events=[*events, *rng.choices(events, k=len(events))])


NOISE: tuple[Callable[[Given, Random], Given], ...] = (
    heartbeats,
    idle_records,
    longer_idle_records,
    repeated_rows,
)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, Given, list[Row]]]:
    """Seeds, their cases, and the credits without noise."""
    folder = tmp_path_factory.mktemp("noise")
    given = {seed: random_given(seed) for seed in SEEDS}
    return [
        (seed, case, credits_of(lay_down(case, folder / str(seed)), case)) for seed, case in given.items()
    ]


@pytest.mark.parametrize("noise", NOISE, ids=lambda noise: noise.__name__)
def test_noise_buys_no_credit(
    noise: Callable[[Given, Random], Given], cases: list[tuple[int, Given, list[Row]]], tmp_path: Path
) -> None:
    changed = 0
    for seed, given, before in cases:
        noisy = noise(given, Random(seed))
        after = credits_of(lay_down(noisy, tmp_path / str(seed)), noisy)
        _compare(before, after, is_same=noise is repeated_rows)
        changed += noisy != given
    assert changed >= 4


def _compare(before: list[Row], after: list[Row], *, is_same: bool) -> None:
    keys = ("participant_id", "activity_id", "module_id")
    assert [[row[key] for key in keys] for row in before] == [[row[key] for key in keys] for row in after]
    if is_same:
        assert before == after
    # A row that counts for less may give its place in the period to a repeat, so minutes are
    # compared where there is none.
    names: tuple[str, ...] = FIGURES
    if not any("REPEAT_NOT_COUNTED" in row["codes"] for row in before):
        names = (*FIGURES, "credited_minutes")
    for one, other in zip(before, after, strict=True):
        risen = {name: (one[name], other[name]) for name in names if (other[name] or 0) > (one[name] or 0)}
        assert not risen, ([one[key] for key in keys], risen)
