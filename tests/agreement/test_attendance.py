"""Program and oracle agree on attendance: every credit row and every stretch of presence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from analyser.audit import Audit
from analyser.report import digest
from analyser.rulebook.policy import override
from analyser.rulebook.scheme import Scheme, load_scheme
from tests.oracle.attendance import credit_rows
from tests.oracle.attendance_registers import instant
from tests.oracle.model import iso
from tests.oracle.random_attendance import NAMES, Cells, Tables, world, write_world

WORLDS = 8
COLUMNS = (
    "participant_id", "activity_id", "status", "points", "core_points", "non_core_points", "approved_points",
    "absence_s", "contact_s", "active_s", "period", "robust", "codes",
)  # fmt: skip
Row = dict[str, Any]


@cache
def scheme() -> Scheme:
    return load_scheme("eaa-2012")


def assessed(
    *folders: Path, policy: dict[str, str], as_of: date, threads: int = 1, memory_limit: str = "1GB"
) -> tuple[list[Row], Counter[tuple[str, ...]], str]:
    """Credits, intervals and digest of case folders, taken in one after the other."""
    table: Row = {}
    for name, value in policy.items():
        group, _, key = NAMES[name].partition(".")
        table.setdefault(group, {})[key] = value
    loaded = replace(scheme(), policy=override(scheme().policy, table))
    with Audit(reachable=folders, threads=threads, memory_limit=memory_limit) as audit:
        for folder in folders:
            audit.ingest([folder])
        audit.assess(loaded, as_of=as_of)
        spans = audit.results.rows(
            "SELECT participant_id, activity_id, start_at, end_at, state FROM intervals"
        )
        return (
            [{name: row[name] for name in COLUMNS} for row in audit.results.rows("FROM credits")],
            Counter(tuple(map(str, row.values())) for row in spans),
            digest(audit.results),
        )


def expected(rows: list[Row]) -> tuple[list[Row], Counter[tuple[str, ...]]]:
    """The oracle's rows in the program's columns."""
    spans: Counter[tuple[str, ...]] = Counter(
        (row["participant_id"], row["activity_id"], iso(a), iso(b), state)
        for row in rows
        for a, b, state in row["spans"]
    )
    return [{name: row[name] for name in COLUMNS} | {"codes": ";".join(row["codes"])} for row in rows], spans


@pytest.mark.parametrize("seed", range(WORLDS))
def test_program_agrees_with_the_oracle(seed: int, tmp_path: Path) -> None:
    tables, policy, as_of = world(seed)
    write_world(tables, tmp_path)
    credits, intervals, _ = assessed(tmp_path, policy=policy, as_of=as_of)
    rows, spans = expected(credit_rows(tables, as_of, policy))
    wrong = [(mine, theirs) for mine, theirs in zip(credits, rows, strict=False) if mine != theirs]
    assert not wrong, f"{len(wrong)} of {len(rows)}: {wrong[:3]}"
    assert len(credits) == len(rows)
    assert intervals == spans


def test_the_worlds_hold_every_outcome() -> None:
    rows = [row for seed in range(WORLDS) for row in credit_rows(*_of(seed))]
    assert {row["status"] for row in rows} == {"awarded", "held", "not_earned", "in_progress"}
    codes = Counter(code for row in rows for code in row["codes"])
    assert min(codes.values()) >= 5
    assert len(codes) == 11
    assert {row["robust"] for row in rows} == {True, False}


def _of(seed: int) -> tuple[Tables, date, dict[str, str]]:
    tables, policy, as_of = world(seed)
    return tables, as_of, policy


@pytest.mark.parametrize("seed", [0, 3])
def test_order_copies_and_files_leave_the_digest(seed: int, tmp_path: Path) -> None:
    tables, policy, as_of = world(seed)
    write_world(tables, tmp_path / "plain")
    rng = Random(seed)
    rows = {name: rng.sample(rows, len(rows)) for name, rows in tables.items()}
    write_world({name: [*part, *part[:20]] for name, part in rows.items()}, tmp_path / "copies")
    for number in range(3):
        write_world({name: part[number::3] for name, part in rows.items()}, tmp_path / "split" / str(number))
    for path in list((tmp_path / "split").rglob("*.csv")):
        path.rename(tmp_path / "split" / f"{path.stem}-{path.parent.name}.csv")
    digests = {
        assessed(tmp_path / name, policy=policy, as_of=as_of)[2] for name in ("plain", "copies", "split")
    }
    assert len(digests) == 1


def test_threads_memory_and_steps_leave_the_digest(tmp_path: Path) -> None:
    """Two threads, little memory, or half of the scans taken in later: the same results."""
    tables, policy, as_of = world(1)
    first = {**tables, "scans": tables["scans"][::2]}
    second = {"scans": tables["scans"][1::2]}
    for name, part in (("whole", tables), ("first", first), ("second", second)):
        write_world(part, tmp_path / name)
    ways: list[tuple[tuple[str, ...], dict[str, Any]]] = [
        (("whole",), {}),
        (("whole",), {"threads": 2}),
        (("whole",), {"memory_limit": "200MB"}),
        (("first", "second"), {}),
    ]
    digests = {
        assessed(*(tmp_path / name for name in names), policy=policy, as_of=as_of, **how)[2]
        for names, how in ways
    }
    assert len(digests) == 1


def test_formats_leave_the_digest(tmp_path: Path) -> None:
    """CSV, JSON lines and Parquet with typed instants are read alike."""
    tables, policy, as_of = world(3)
    write_world(tables, tmp_path / "csv")
    for name in ("jsonl", "parquet"):
        (tmp_path / name).mkdir()
    for path in (tmp_path / "csv").glob("*.csv"):
        rows = f"read_csv('{path}', all_varchar=true)"
        duckdb.execute(f"COPY (FROM {rows}) TO '{tmp_path}/jsonl/{path.stem}.jsonl' (FORMAT json)")
        clocks = {"scans": ["timestamp"], "sessions_timetable": ["starts_at", "ends_at"]}.get(path.stem, [])
        zoned = "CASE WHEN regexp_matches({0}[11:], '[Z+]') THEN {0} ELSE {0} || '+08:00' END"
        typed = ", ".join(f"{zoned.format(name)}::TIMESTAMPTZ AS {name}" for name in clocks)
        select = f"SELECT * REPLACE ({typed})" if typed else "SELECT *"
        duckdb.execute(f"COPY ({select} FROM {rows}) TO '{tmp_path}/parquet/{path.stem}.parquet'")
    digests = {
        assessed(tmp_path / name, policy=policy, as_of=as_of)[2] for name in ("csv", "jsonl", "parquet")
    }
    assert len(digests) == 1


def test_more_presence_never_costs_a_point(tmp_path: Path) -> None:
    """Coming earlier and leaving later takes nothing off, whatever else holds of the row."""
    tables, _, as_of = world(2)
    tables["scans"] = [row for row in tables["scans"] if row["direction"] in {"in", "out"}]
    longer = dict(tables)
    longer["scans"] = [_moved(row) for row in tables["scans"]]
    rows = [credit_rows(given, as_of) for given in (tables, longer)]
    for place, given in enumerate((tables, longer)):
        write_world(given, tmp_path / str(place))
        credits, _, _ = assessed(tmp_path / str(place), policy={}, as_of=as_of)
        assert [row["points"] for row in credits] == [row["points"] for row in rows[place]]
    paired = [
        (before, after)
        for before, after in zip(*rows, strict=True)
        if not {"UNPAIRED_SCAN"} & {*before["codes"], *after["codes"]}
    ]
    assert len(paired) > 50
    assert all(after["absence_s"] <= before["absence_s"] for before, after in paired if before["contact_s"])
    assert all(after["points"] >= before["points"] for before, after in paired)


def _moved(row: Cells) -> Cells:
    """A scan five seconds earlier (in) or later (out)."""
    at = instant(str(row["timestamp"])) + (-5 if row["direction"] == "in" else 5) * 1_000_000
    return {**row, "timestamp": iso(at)}
