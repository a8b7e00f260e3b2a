"""Participants shared out and put together again give every table of a whole run, cell for cell.

This is what Spark's tasks and driver do, without Spark; `tests/spark` does it on a cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from analyser import audit as audit_module
from analyser.audit import Audit
from analyser.engines.batched import BatchedEngine
from analyser.engines.local import LocalEngine
from analyser.engines.parted import SendingEngine
from analyser.engines.share import GIVEN, answers
from analyser.errors import AnalyserError
from analyser.ingest import tables
from analyser.rulebook.scheme import load_scheme, scheme_names
from analyser.schema.results import RESULTS
from tests.agreement.compare import scheme_with
from tests.properties.support import Cells, Given, lay_down, random_given, synth_given, write

Row = tuple[Any, ...]


class InTurn(SendingEngine):
    """Assesses the shares one after the other in this process, in an order that chance decides."""

    share_count = 3

    def answers(self) -> Iterator[tuple[str, bytes]]:
        rng = Random(self.share_count)
        if not (batches := list(self._events(1000))):
            return
        events = pa.Table.from_batches(batches)
        task, given = self._task(), []
        numbers = sorted(set(events["pid"].to_pylist()))
        rng.shuffle(numbers)
        for share in range(self.share_count):
            mine = events.filter(
                pc.is_in(events["pid"], pa.array(numbers[share :: self.share_count], pa.int32()))
            )
            shuffled = mine.take(pa.array(rng.sample(range(len(mine)), len(mine)), pa.int64()))
            given += list(answers(shuffled.to_batches(max_chunksize=700), task))
        rng.shuffle(given)
        yield from given


def _tables(
    given: Given, folder: Path, engine: type[LocalEngine], monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[Row]]:
    monkeypatch.setattr(audit_module, "_engine", lambda _: engine)
    with Audit(reachable=[folder], threads=1) as audit:
        audit.ingest([folder])
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
        return {
            name: [
                tuple(audit.connection.sql(f"FROM {name}").types),
                *audit.connection.execute(f"FROM {name} ORDER BY ALL").fetchall(),
            ]
            for name in RESULTS
        }


@pytest.mark.parametrize("seed", [3, 17, 42, 91, 120, 188])
def test_random_cases(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = random_given(seed)
    folder = lay_down(given, tmp_path)
    whole = _tables(given, folder, LocalEngine, monkeypatch)
    assert _tables(given, folder, InTurn, monkeypatch) == whole
    assert len(whole["credits"]) > 1


@pytest.mark.parametrize("seed", [3, 42, 91])
def test_batches_of_random_cases(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = random_given(seed)
    folder = lay_down(given, tmp_path)
    whole = _tables(given, folder, LocalEngine, monkeypatch)
    monkeypatch.setattr(BatchedEngine, "_batch_count", lambda _: 3)
    assert _tables(given, folder, BatchedEngine, monkeypatch) == whole


def test_batches_and_then_something_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What batches leave in the database is what the next assessment goes on from."""
    given = synth_given(tmp_path / "synth", 24, 4)
    # Somebody without any event stands in no batch by their events.
    nobodys = dict(given.tables["certificates"][0]) | {"participant_id": "Q9", "certificate_no": "NEW-1"}
    given = given.having(certificates=[*given.tables["certificates"], nobodys])
    events = given.tables["events"]
    first = lay_down(given.having(events=events[:-30]), tmp_path / "case")
    more = tmp_path / "more"
    more.mkdir()
    write(more / "events-new.csv", events[-30:], list(dict.fromkeys(name for row in events for name in row)))
    results = []
    for count in (1, 5):
        monkeypatch.setattr(BatchedEngine, "_batch_count", lambda _, count=count: count)
        with Audit(reachable=[first, more], threads=1) as audit:
            audit.ingest([first])
            audit.assess(scheme_with(given.policy), as_of=given.as_of)
            audit.ingest([more / "events-new.csv"])
            audit.assess(scheme_with(given.policy), as_of=given.as_of)
            results.append(
                {n: audit.connection.execute(f"FROM {n} ORDER BY ALL").fetchall() for n in RESULTS}
            )
    assert results[0] == results[1]
    assert [row for row in results[0]["findings"] if row[1] == "CERT_WITHOUT_CREDIT" and row[5] == "Q9"]


def test_a_trail_is_batched_when_it_exceeds_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = random_given(17)
    folder = lay_down(given, tmp_path)
    said: list[str] = []
    count = len(given.tables["events"])
    for limit_mib, batches in ((count, 1), (count - 1, 2)):
        monkeypatch.setattr("analyser.engines.batched._BYTES_AN_EVENT", 2**20)
        monkeypatch.setattr("analyser.engines.batched.memory_limit_mib", lambda _, mib=limit_mib: mib)
        said.clear()
        with Audit(reachable=[folder], threads=1, progress=said.append) as audit:
            audit.ingest([folder])
            audit.assess(scheme_with(given.policy), as_of=given.as_of)
        expected = [] if batches == 1 else [f"participants, batch {n} of 2" for n in (1, 2)]
        assert [text for text in said if "batch" in text] == expected


@pytest.mark.parametrize("room", [0, -1])
def test_those_with_something_new_are_batched_too(
    room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few participants may have more events than fit; then everybody is taken, in batches."""
    given = synth_given(tmp_path / "synth", 6, 4)
    events = given.tables["events"]
    last = events[-1]["participant_id"]
    first = lay_down(given.having(events=events[:-1]), tmp_path / "case")
    more = tmp_path / "more"
    more.mkdir()
    write(more / "events-new.csv", events[-1:], list(dict.fromkeys(name for row in events for name in row)))
    said: list[str] = []
    with Audit(reachable=[first, more], threads=1, progress=said.append) as audit:
        audit.ingest([first])
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
        audit.ingest([more / "events-new.csv"])
        ((theirs,),) = audit.connection.execute(
            "SELECT count(*) FROM event WHERE participant_id = ?", [last]
        ).fetchall()
        monkeypatch.setattr("analyser.engines.batched._BYTES_AN_EVENT", 2**20)
        monkeypatch.setattr("analyser.engines.batched.memory_limit_mib", lambda _: theirs + room)
        said.clear()
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
    assert ("assessing again: 1 participants" in said) == (room == 0)
    assert any("batch 2 of" in text for text in said) == (room < 0)


@pytest.mark.parametrize("count", [1, 7])
def test_any_number_of_shares(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = synth_given(tmp_path / "synth", 24, 4)
    folder = lay_down(given, tmp_path / "case")
    whole = _tables(given, folder, LocalEngine, monkeypatch)
    monkeypatch.setattr(InTurn, "share_count", count)
    shared = _tables(given, folder, InTurn, monkeypatch)
    assert shared == whole
    assert {row[1] for row in whole["findings"][1:]} > {"CERT_WITHOUT_CREDIT", "MISSING_LOGOUT"}


def test_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = random_given(17)
    nobody: list[Cells] = [{"timestamp": "never", "participant_id": "P1", "event": "view"}]
    folder = lay_down(given.having(events=nobody), tmp_path)
    assert _tables(given, folder, InTurn, monkeypatch) == _tables(given, folder, LocalEngine, monkeypatch)


def test_what_a_missing_register_leaves_open_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = random_given(42)
    folder = lay_down(given.having(activities=[]), tmp_path)
    whole = _tables(given, folder, LocalEngine, monkeypatch)
    assert _tables(given, folder, InTurn, monkeypatch) == whole
    assert any("no table activities" in str(row) for row in whole["coverage"])


def test_what_is_new_is_assessed_after_a_shared_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = random_given(42)
    rows = given.tables["events"]
    first, more = tmp_path / "first", tmp_path / "more"
    lay_down(given.having(events=rows[:-5]), first)
    names = list(dict.fromkeys(name for row in rows for name in row))
    write(more / "events-new.csv", rows[-5:], names)
    results = []
    for engine in (InTurn, LocalEngine):
        with Audit(reachable=[tmp_path], threads=1) as audit:
            audit.ingest([first])
            monkeypatch.setattr(audit_module, "_engine", lambda _, engine=engine: engine)
            audit.assess(scheme_with(given.policy), as_of=given.as_of)
            monkeypatch.setattr(audit_module, "_engine", lambda _: LocalEngine)
            audit.ingest([more / "events-new.csv"])
            audit.assess(scheme_with(given.policy), as_of=given.as_of)
            results.append(
                {n: audit.connection.execute(f"FROM {n} ORDER BY ALL").fetchall() for n in RESULTS}
            )
    assert results[0] == results[1]


@pytest.mark.parametrize("name", [name for name in scheme_names() if load_scheme(name).keeps_parts])
def test_a_share_is_given_all_that_it_reads(name: str) -> None:
    scheme = load_scheme(name)
    # Made by every run, or of the share's own events; results about files are made by the driver alone.
    own = {"event_tie", "known_participant", "known_owner", "found", "rule_answer", "finding_card",
           "policy_map", "frontier", *(path.stem for path in scheme.reference)}  # fmt: skip
    every = [*scheme.relations, *scheme.results, *(clause.rule for clause in scheme.clauses)]
    made = {relation.name for relation in every}
    read: set[str] = set()
    for relation in every:
        if not relation.is_across and relation.name not in {"ingest", "rejects", "stored_event"}:
            read |= relation.reads
    assert read & set(GIVEN) > {"activities"}
    assert {name for name in read - made - own - set(GIVEN) if name in tables_of_a_database()} == set()


def tables_of_a_database() -> set[str]:
    with Audit() as audit:
        tables.create(audit.connection)
        found = audit.connection.execute(
            "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views()"
        )
        return {name for (name,) in found.fetchall()}


def test_a_scheme_that_cannot_be_shared_out_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scans.csv").write_text("timestamp,participant_id,activity_id,direction\n")
    monkeypatch.setattr(audit_module, "_engine", lambda _: InTurn)
    with Audit(reachable=[tmp_path]) as audit:
        audit.ingest([tmp_path])
        with pytest.raises(AnalyserError, match="rests on scans"):
            audit.assess("eaa-2012")
