"""Program and oracle agree on attendance: every credit row and every stretch of presence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from analyser.audit import Audit
from analyser.report import digest
from analyser.rulebook.policy import override
from analyser.rulebook.scheme import Scheme, load_scheme
from tests.oracle.attendance import credit_rows
from tests.oracle.model import iso
from tests.oracle.random_attendance import NAMES, Tables, world, write_world

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
    folder: Path, policy: dict[str, str], as_of: date
) -> tuple[list[Row], Counter[tuple[str, ...]], str]:
    """Credits, intervals and digest of a case folder."""
    table: Row = {}
    for name, value in policy.items():
        group, _, key = NAMES[name].partition(".")
        table.setdefault(group, {})[key] = value
    loaded = replace(scheme(), policy=override(scheme().policy, table))
    with Audit(reachable=[folder], threads=1) as audit:
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
    credits, intervals, _ = assessed(tmp_path, policy, as_of)
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
    digests = {assessed(tmp_path / name, policy, as_of)[2] for name in ("plain", "copies", "split")}
    assert len(digests) == 1
