"""The ledger of time: every instant of presence is posted exactly once."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from analyser.audit import Audit
from tests.agreement.compare import scheme_with
from tests.oracle.model import EPOCH, Span
from tests.oracle.policy import read_policy
from tests.oracle.reading import read_events
from tests.oracle.sessions import form_sessions
from tests.oracle.spans import length, union
from tests.properties.support import Given, lay_down, random_given, synth_given

Interval = tuple[str, str, Span]
"""Participant, state, from and until."""


def intervals_of(given: Given, folder: Path) -> list[Interval]:
    with Audit(reachable=[lay_down(given, folder)], threads=1) as audit:
        audit.ingest([folder])
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
        rows = audit.results.rows("FROM intervals ORDER BY participant_id, start_at")
    return [
        (row["participant_id"], row["state"], (_microseconds(row["start_at"]), _microseconds(row["end_at"])))
        for row in rows
    ]


def _microseconds(text: str) -> int:
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1)


def sessions_of(given: Given) -> dict[str, list[Span]]:
    """When each participant was logged in, from the events alone."""
    gap = read_policy(given.policy).session_gap
    present = {}
    for person, events in read_events(given.tables["events"], given.as_of).items():
        sessions = form_sessions([event for event in events if event.is_own], gap)
        if spans := union((session.start, session.end) for session in sessions):
            present[person] = spans
    return present


def check(given: Given, folder: Path) -> int:
    """Compare the two; returns how many intervals there were."""
    intervals, present = intervals_of(given, folder), sessions_of(given)
    assert {person for person, _, _ in intervals} == set(present)
    for person, spans in present.items():
        own = [span for who, _, span in intervals if who == person]
        assert all(start < end for start, end in own)
        assert all(one[1] <= other[0] for one, other in pairwise(own))
        assert union(own) == spans
        assert sum(end - start for start, end in own) == length(spans)
    states = {state for _, state, _ in intervals}
    assert states <= {"learning", "media", "idle", "assessment", "portal"}
    return len(intervals)


@pytest.mark.parametrize("first", range(400, 424, 6))
def test_every_instant_is_posted_once(first: int, tmp_path: Path) -> None:
    counts = [check(random_given(seed), tmp_path / str(seed)) for seed in range(first, first + 6)]
    assert sum(counts) > 50


def test_every_instant_of_a_synthetic_case_is_posted_once(tmp_path: Path) -> None:
    given = synth_given(tmp_path / "synth", 60, 4)
    assert check(given, tmp_path / "case") > 500
