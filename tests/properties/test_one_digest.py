"""The digest depends on what the records say, and on nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from analyser.audit import Audit
from analyser.report import digest
from tests.agreement.compare import scheme_with
from tests.properties.support import Cells, Given, digest_of, in_parts, lay_down, random_given, synth_given

SEEDS = (3, 17, 42, 91, 120, 188)
SYNTH = -1


@pytest.fixture(scope="module", params=(*SEEDS, SYNTH), ids=[*(f"seed {seed}" for seed in SEEDS), "synth"])
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Given, str]]:
    """A case and the digest of its plain form."""
    folder = tmp_path_factory.mktemp("digest")
    given = synth_given(folder / "synth", 60, 4) if request.param == SYNTH else random_given(request.param)
    yield given, digest_of(lay_down(given, folder / "case"), given=given)


def _shuffled(given: Given, rng: Random) -> Given:
    return given.having(**{table: rng.sample(rows, len(rows)) for table, rows in given.tables.items()})


def test_order_of_rows(case: tuple[Given, str], tmp_path: Path) -> None:
    given, expected = case
    for seed in (1, 2):
        shuffled = _shuffled(given, Random(seed))
        assert digest_of(lay_down(shuffled, tmp_path / str(seed)), given=given) == expected


def test_files_and_formats(case: tuple[Given, str], tmp_path: Path) -> None:
    given, expected = case
    for seed in (1, 2, 3):
        folder = in_parts(given, tmp_path / str(seed), Random(seed))
        assert len(list(folder.rglob("events*.*"))) + len(list(folder.rglob("events/*"))) == 3
        assert digest_of(folder, given=given) == expected


def test_rows_and_files_twice(case: tuple[Given, str], tmp_path: Path) -> None:
    given, expected = case
    rng = Random(5)
    twice = given.having(
        **{table: rows + rng.sample(rows, len(rows) // 2) for table, rows in given.tables.items()}
    )
    folder = lay_down(_shuffled(twice, rng), tmp_path)
    in_parts(given, folder / "events", rng, 1)
    assert digest_of(folder, given=given) == expected


def test_threads_and_memory(case: tuple[Given, str], tmp_path: Path) -> None:
    given, expected = case
    folder = lay_down(given, tmp_path)
    assert digest_of(folder, given=given, threads=1, memory_limit="200MB") == expected
    assert digest_of(folder, given=given, threads=2, memory_limit="2GB") == expected


def test_two_steps_and_once_again(case: tuple[Given, str], tmp_path: Path) -> None:
    given, expected = case
    half = len(given.tables["events"]) // 2
    first = lay_down(given.having(events=given.tables["events"][:half]), tmp_path / "1")
    second = lay_down(
        Given({"events": given.tables["events"][half:]}, given.policy, given.as_of), tmp_path / "2"
    )
    with Audit(reachable=[first, second], threads=1) as audit:
        for folder in (first, second):
            audit.ingest([folder])
            audit.assess(scheme_with(given.policy), as_of=given.as_of)
        assert digest(audit.results) == expected
        ledger = audit.results.rows("FROM ingest ORDER BY ALL")
        audit.ingest([second, first])
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
        # Both steps have a file called events.csv, of different content: four rows would be six.
        assert audit.results.rows("FROM ingest ORDER BY ALL") == ledger
        assert digest(audit.results) == expected


def test_a_record_more_or_less_is_seen(case: tuple[Given, str], tmp_path: Path) -> None:
    given, expected = case
    events = given.tables["events"]
    last: Cells = {**events[0], "timestamp": "2024-01-01T00:00:00Z", "event": "view", "session_id": "new"}
    assert digest_of(lay_down(given.having(events=[*events, last]), tmp_path), given=given) != expected


CONTRADICTIONS: dict[str, list[Cells]] = {
    "participants": [{"licence_type": "travel"}, {"licence_type": "individual"}, {"licence_type": None}],
    "activities": [
        {"approved_minutes": "60"},
        {"pass_mark": "90"},
        {"category": "general", "title": "Other"},
    ],
    "items": [{"length_s": "100"}, {"length_s": "200"}, {"required": "true"}],
}


@pytest.mark.parametrize("table", CONTRADICTIONS)
@pytest.mark.parametrize("seed", [2, 42])
def test_order_of_register_rows_that_contradict_each_other(table: str, seed: int, tmp_path: Path) -> None:
    given = random_given(seed)
    rows = given.tables[table]
    assert rows
    more = [{**row, **change} for row in rows for change in CONTRADICTIONS[table]]
    found = set()
    for turn in range(4):
        mixed = Random(turn).sample([*rows, *more], len(rows) + len(more))
        found.add(digest_of(lay_down(given.having(**{table: mixed}), tmp_path / str(turn)), given=given))
    assert len(found) == 1


def test_order_of_register_rows_with_other_providers(tmp_path: Path) -> None:
    given = random_given(2)
    activities, people = given.tables["activities"], given.tables["participants"]
    staff: list[Cells] = [{**row, "employer": "One"} for row in people]
    closed: list[Cells] = [
        {**row, "audience": "internal", "provider": provider}
        for row in activities
        for provider in ("One", "Two")
    ]
    found = set()
    for turn in range(4):
        mixed = given.having(activities=Random(turn).sample(closed, len(closed)), participants=staff)
        found.add(digest_of(lay_down(mixed, tmp_path / str(turn)), given=given))
    assert len(found) == 1
