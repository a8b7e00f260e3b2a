"""Assessing again after new files gives what a whole run gives, in every table and every cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from analyser.audit import Audit
from analyser.engines import earlier
from analyser.rulebook.relations import Relation
from analyser.rulebook.scheme import Scheme, load_scheme
from analyser.schema.results import RESULTS
from tests.agreement.compare import scheme_with
from tests.properties.support import Cells, Given, random_given, synth_given, write

Row = tuple[Any, ...]


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "_MOST_PERCENT", 100)


def _tables(audit: Audit) -> dict[str, list[Row]]:
    return {name: audit.connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in RESULTS}


def _touched(audit: Audit) -> int | None:
    """How many participants the last assessment looked at; None if it was a whole run."""
    is_whole = audit.connection.execute(
        "SELECT 1 FROM duckdb_views() WHERE view_name = 'stored_event' AND temporary"
    ).fetchall()
    if is_whole:
        return None
    ((count,),) = audit.connection.execute("SELECT count(*) FROM touched").fetchall()
    return int(count)


def _steps(given: Given, folder: Path, parts: list[dict[str, list[Cells]]]) -> list[Path]:
    """One folder of files for each step."""
    made = []
    for number, tables in enumerate(parts):
        step = folder / f"step{number}"
        step.mkdir(parents=True)
        for table, rows in tables.items():
            names = list(dict.fromkeys(name for row in given.tables[table] for name in row))
            write(step / f"{table}-{number}.csv", rows, names)
        made.append(step)
    return made


def _run(
    given: Given, steps: list[Path], days: list[date], *, again: bool
) -> tuple[dict[str, list[Row]], list[int | None]]:
    """The result tables after all steps, assessed after each one or once; who was looked at each time."""
    looked: list[int | None] = []
    scheme = scheme_with(given.policy)
    with Audit(reachable=steps, threads=1) as audit:
        for step, day in zip(steps, days, strict=True):
            audit.ingest(sorted(step.iterdir()))
            if again or step == steps[-1]:
                audit.assess(scheme, as_of=day)
                looked.append(_touched(audit))
        return _tables(audit), looked


def _by_person(given: Given, rng: Random) -> list[list[Cells]]:
    people = sorted({str(row.get("participant_id")) for row in given.tables["events"]})
    late = set(rng.sample(people, max(1, len(people) // 3)))
    events = given.tables["events"]
    early = [row for row in events if row.get("participant_id") not in late]
    return [early, [row for row in events if row.get("participant_id") in late]]


def _by_time(given: Given, rng: Random) -> list[list[Cells]]:
    events = sorted(given.tables["events"], key=lambda row: str(row.get("timestamp")))
    cut = len(events) * rng.choice((5, 8, 9)) // 10
    return [events[:cut], events[cut:]]


def _by_chance(given: Given, rng: Random) -> list[list[Cells]]:
    """Anywhere in time, and with copies of what is there already."""
    parts: list[list[Cells]] = [[], [], []]
    for row in given.tables["events"]:
        rng.choice(parts).append(row)
    parts[1] += rng.sample(parts[0], min(5, len(parts[0])))
    return parts


@pytest.mark.parametrize(
    ("cut", "seed"),
    [(_by_person, 0), (_by_person, 1), (_by_time, 0), (_by_time, 2), (_by_chance, 1), (_by_chance, 2)],
)
def test_steps_give_what_a_whole_run_gives(
    cut: Callable[[Given, Random], list[list[Cells]]], seed: int, tmp_path: Path
) -> None:
    given = random_given(300 + seed)
    parts = [part for part in cut(given, Random(seed)) if part]
    tables: list[dict[str, list[Cells]]] = [{"events": part} for part in parts]
    tables[0] |= {name: rows for name, rows in given.tables.items() if rows and name != "events"}
    steps = _steps(given, tmp_path, tables)
    days = [given.as_of] * len(steps)
    at_once, _ = _run(given, steps, days, again=False)
    step_by_step, looked = _run(given, steps, days, again=True)
    assert looked[0] is None
    assert None not in looked[1:]
    assert step_by_step == at_once


@pytest.mark.parametrize("cut", [_by_person, _by_time])
def test_steps_of_a_case_with_every_register_give_what_a_whole_run_gives(
    cut: Callable[[Given, Random], list[list[Cells]]], tmp_path: Path
) -> None:
    given = synth_given(tmp_path / "synth", 60, 5)
    early, late = cut(given, Random(5))
    registers = {name: rows for name, rows in given.tables.items() if rows and name != "events"}
    steps = _steps(given, tmp_path, [registers | {"events": early}, {"events": late}])
    at_once, _ = _run(given, steps, [given.as_of] * 2, again=False)
    step_by_step, looked = _run(given, steps, [given.as_of] * 2, again=True)
    assert looked[1] is not None
    assert step_by_step == at_once


def test_only_those_concerned_are_looked_at(tmp_path: Path) -> None:
    given = synth_given(tmp_path / "synth", 60, 4)
    person = sorted({str(row["participant_id"]) for row in given.tables["events"]})[20]
    mine = [row for row in given.tables["events"] if row["participant_id"] == person]
    rest = [row for row in given.tables["events"] if row["participant_id"] != person]
    others = {name: rows for name, rows in given.tables.items() if rows and name != "events"}
    steps = _steps(given, tmp_path, [{"events": rest + mine[:-40]} | others, {"events": mine[-40:]}, {}])
    days = [given.as_of] * 3
    at_once, _ = _run(given, steps, days, again=False)
    step_by_step, looked = _run(given, steps, days, again=True)
    assert looked == [None, 1, 0]
    assert step_by_step == at_once


@pytest.mark.parametrize("seed", range(2))
def test_another_audit_date(seed: int, tmp_path: Path) -> None:
    """What lies between the two dates comes in, or goes out again."""
    given = random_given(400 + seed)
    last = max(str(row["timestamp"])[:10] for row in given.tables["events"] if str(row["timestamp"]) > "19")
    late = date.fromisoformat(last)
    days = [late - timedelta(days=Random(seed).choice((0, 1, 30))), late + timedelta(days=1)]
    if seed % 2:
        days.reverse()
    tables = {name: rows for name, rows in given.tables.items() if rows}
    steps = _steps(given, tmp_path, [tables, {}])
    at_once, _ = _run(given, steps, days, again=False)
    step_by_step, looked = _run(given, steps, days, again=True)
    assert looked[1] is not None
    assert step_by_step == at_once


def test_a_changed_register_concerns_everybody(tmp_path: Path) -> None:
    given = random_given(301)
    more = dict(given.tables["activities"][0]) | {"approved_minutes": "600", "approved_from": "2000-01-01"}
    tables = {name: rows for name, rows in given.tables.items() if rows}
    steps = _steps(given, tmp_path, [tables, {"activities": [more]}])
    at_once, _ = _run(given, steps, [given.as_of] * 2, again=False)
    step_by_step, looked = _run(given, steps, [given.as_of] * 2, again=True)
    assert looked == [None, None]
    assert step_by_step == at_once


def test_a_register_that_comes_later_is_asked_for_what_it_opens(tmp_path: Path) -> None:
    """Certificates and questions rest on parts that were kept before anybody asked for them."""
    given = synth_given(tmp_path / "synth", 60, 4)
    late = {"certificates", "questions"}
    tables = {name: rows for name, rows in given.tables.items() if rows}
    steps = _steps(
        given,
        tmp_path,
        [
            {name: rows for name, rows in tables.items() if name not in late},
            {name: tables[name] for name in sorted(late & tables.keys())},
        ],
    )
    assert len(list(steps[1].iterdir())) == 2
    at_once, _ = _run(given, steps, [given.as_of] * 2, again=False)
    step_by_step, looked = _run(given, steps, [given.as_of] * 2, again=True)
    assert looked[0] is None
    assert step_by_step == at_once


def test_a_changed_licence_concerns_its_holder(tmp_path: Path) -> None:
    given = synth_given(tmp_path / "synth", 60, 4)
    person = given.tables["participants"][7]
    licence = "travel" if person["licence_type"] == "individual" else "individual"
    other = dict(person) | {"licence_type": licence}
    tables = {name: rows for name, rows in given.tables.items() if rows}
    steps = _steps(given, tmp_path, [tables, {"participants": [other]}])
    at_once, _ = _run(given, steps, [given.as_of] * 2, again=False)
    step_by_step, looked = _run(given, steps, [given.as_of] * 2, again=True)
    assert looked == [None, 1]
    assert step_by_step == at_once


@pytest.mark.parametrize("holder", ["somebody", "nobody known"])
def test_a_further_certificate_concerns_its_holder(holder: str, tmp_path: Path) -> None:
    given = synth_given(tmp_path / "synth", 60, 4)
    first = given.tables["certificates"][3]
    person = {"somebody": first["participant_id"], "nobody known": "Q9"}[holder]
    other = dict(first) | {"participant_id": person, "certificate_no": "NEW-1", "hours": "77"}
    tables = {name: rows for name, rows in given.tables.items() if rows}
    parts: list[dict[str, list[Cells]]] = [
        tables,
        {"certificates": [other]},
        {"events": tables["events"][:1]},
    ]
    steps = _steps(given, tmp_path, parts)
    at_once, _ = _run(given, steps, [given.as_of] * 3, again=False)
    step_by_step, looked = _run(given, steps, [given.as_of] * 3, again=True)
    assert looked[:2] == [None, 1]
    assert {"CERT_MISMATCH", "CERT_WITHOUT_CREDIT"} & {
        row[1] for row in at_once["findings"] if row[5] == person
    }
    assert step_by_step == at_once


def test_another_policy_is_a_whole_run(tmp_path: Path) -> None:
    given = random_given(302)
    tables = {name: rows for name, rows in given.tables.items() if rows}
    (step,) = _steps(given, tmp_path, [tables])
    with Audit(reachable=[step], threads=1) as audit:
        audit.ingest([step])
        audit.assess(scheme_with({}), as_of=given.as_of)
        audit.assess(scheme_with({"idle": {"threshold_s": 301}}), as_of=given.as_of)
        assert _touched(audit) is None
        audit.assess(scheme_with({"idle": {"threshold_s": 301}}), as_of=given.as_of)
        assert _touched(audit) == 0
        audit.assess(scheme_with({"idle": {"threshold_s": 301}}), as_of=given.as_of, anew=True)
        assert _touched(audit) is None


def test_many_touched_participants_are_a_whole_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of them: a run over some would cost more than one over all."""
    monkeypatch.setattr(earlier, "_MOST_PERCENT", 49)
    given = random_given(303)
    people = sorted({str(row["participant_id"]) for row in given.tables["events"]})
    given = replace(given, tables=given.tables | {"events": [
        dict(row) | {"participant_id": name} for row in given.tables["events"] for name in ("A", "B")
        if row["participant_id"] == people[0]
    ]})  # fmt: skip
    tables = {name: rows for name, rows in given.tables.items() if rows}
    extra = dict(given.tables["events"][0]) | {"participant_id": "A", "timestamp": "2024-01-01T00:00:00Z"}
    steps = _steps(given, tmp_path, [tables, {"events": [extra]}])
    assert _run(given, steps, [given.as_of] * 2, again=True)[1] == [None, None]
    monkeypatch.setattr(earlier, "_MOST_PERCENT", 50)
    assert _run(given, steps, [given.as_of] * 2, again=True)[1] == [None, 1]


def test_files_that_a_stopped_ingest_left_unreconciled_are_reconciled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies in the last file must not count because somebody stopped the program at that moment."""
    given = random_given(304)
    tables = {name: rows for name, rows in given.tables.items() if rows}
    steps = _steps(given, tmp_path, [tables, {"events": given.tables["events"][:30]}])
    days = [given.as_of] * 2
    at_once, _ = _run(given, steps, days, again=False)
    with Audit(reachable=steps, threads=1) as audit:
        audit.ingest([steps[0]])
        with monkeypatch.context() as stopped:
            stopped.setattr("analyser.audit.reconcile", _stop)
            with pytest.raises(KeyboardInterrupt):
                audit.ingest([steps[1]])
        audit.assess(scheme_with(given.policy), as_of=given.as_of)
        assert _tables(audit) == at_once


def _stop(_: object) -> None:
    raise KeyboardInterrupt


def test_what_runs_across_participants_reads_only_their_parts() -> None:
    """Else a run over some participants would answer for some only."""
    scheme = load_scheme("ia-elearning")
    every = {r.name: r for r in [*scheme.relations, *scheme.results, *(c.rule for c in scheme.clauses)]}
    rules = [clause.rule for clause in scheme.clauses if clause.rule.is_across]
    assert rules
    assert not [(rule.name, name) for rule in rules for name in _trail_read(rule, every, scheme)]


def _trail_read(relation: Relation, every: dict[str, Relation], scheme: Scheme) -> list[str]:
    """What a relation rests on that is of single participants, not kept, or the trail itself."""
    found = []
    for name in relation.reads - {relation.name}:
        other = every.get(name)
        if name in {"event", "stored_event", "found"}:
            found.append(name)
        elif other and not (other.is_part or other.is_key):
            found += _trail_read(other, every, scheme)
    return found
