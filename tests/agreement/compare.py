"""The program and the oracle side by side, with a diff that a person can read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from analyser.audit import Audit
from analyser.results import Results
from analyser.rulebook.policy import override
from analyser.rulebook.scheme import Scheme, load_scheme
from tests.oracle import Result
from tests.oracle.model import iso
from tests.test_oracle_random import CODES

Row = dict[str, Any]
Key = tuple[str, ...]

_INTERVAL = ("participant_id", "session_id", "activity_id", "module_id", "start_at", "end_at", "state")
_FINDING = ("code", "participant_id", "activity_id", "module_id", "attempt_id", "session_id")
_CREDIT_KEY = ("participant_id", "activity_id", "module_id")
_PERIOD_KEY = ("participant_id", "period")
_SHOWN = 40


@dataclass(frozen=True)
class Outcome:
    """What one side says about a case, in words that both sides share."""

    credits: list[Row]
    periods: list[Row]
    findings: Counter[Key]
    intervals: Counter[Key]


def of_program(results: Results) -> Outcome:
    """The program's results; of the findings those whose codes the oracle knows."""
    return Outcome(
        credits=[row | {"codes": _known(row["codes"])} for row in results.rows("FROM credits")],
        periods=[_exact(row) for row in results.rows("FROM periods")],
        findings=Counter(
            _key(row, _FINDING) for row in results.rows("FROM findings") if row["code"] in CODES
        ),
        intervals=Counter(_key(row, _INTERVAL) for row in results.rows("FROM intervals")),
    )


def of_oracle(result: Result) -> Outcome:
    """The oracle's results."""
    spans = [
        row | {"start_at": iso(int(row["start_us"] or 0)), "end_at": iso(int(row["end_us"] or 0))}
        for row in result.intervals
    ]
    return Outcome(
        credits=[dict(row) for row in result.credits],
        periods=[dict(row) for row in result.periods],
        findings=Counter(tuple(part or "" for part in key) for key in result.finding_codes),
        intervals=Counter(_key(row, _INTERVAL) for row in spans),
    )


def differences(program: Outcome, oracle: Outcome) -> list[str]:
    """One line for each thing the two say differently; empty if they agree."""
    return [
        *_row_differences("credit", program.credits, oracle.credits, _CREDIT_KEY),
        *_row_differences("period", program.periods, oracle.periods, _PERIOD_KEY),
        *_count_differences("finding", program.findings, oracle.findings),
        *_count_differences("interval", program.intervals, oracle.intervals),
    ]


def report(lines: list[str]) -> str:
    """The first differences, for an assertion message."""
    more = [f"... and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
    return "\n".join(["", *lines[:_SHOWN], *more])


def assess_folder(
    folder: Path, policy: Mapping[str, Any] | None, as_of: date, threads: int | None = None
) -> Outcome:
    """What the program says about a case folder."""
    with Audit(reachable=[folder], threads=threads) as audit:
        audit.ingest([folder])
        audit.assess(scheme_with(policy), as_of=as_of)
        return of_program(audit.results)


def scheme_with(policy: Mapping[str, Any] | None) -> Scheme:
    """The scheme with some policy values replaced."""
    scheme = _scheme()
    return replace(scheme, policy=override(scheme.policy, dict(policy or {})))


@cache
def _scheme() -> Scheme:
    return load_scheme("ia-elearning")


def _known(codes: str) -> str:
    return ";".join(code for code in codes.split(";") if code in CODES)


def _key(row: Row, columns: Iterable[str]) -> Key:
    return tuple("" if row[column] is None else str(row[column]) for column in columns)


def _exact(row: Row) -> Row:
    """Decimals as fractions, which is how the oracle counts."""
    return {
        name: cell if cell is None or isinstance(cell, str | bool) else Fraction(cell)
        for name, cell in row.items()
    }


def _row_differences(what: str, got: list[Row], expected: list[Row], key: Key) -> list[str]:
    lines = []
    program, oracle = _by_key(got, key), _by_key(expected, key)
    for name in sorted(program.keys() | oracle.keys()):
        ours, theirs = program[name], oracle[name]
        where = f"{what} {' '.join(name)}"
        if len(ours) != len(theirs):
            lines.append(f"{where}: {len(ours)} rows, the oracle has {len(theirs)}")
        for number, (one, other) in enumerate(zip(ours, theirs, strict=False), start=1):
            if one.keys() != other.keys():
                lines.append(f"{where}: other columns: {sorted(one.keys() ^ other.keys())}")
            lines += [
                f"{where} row {number}: {column} is {one[column]!r}, the oracle says {other.get(column)!r}"
                for column in one
                if one[column] != other.get(column)
            ]
    return lines


def _by_key(rows: list[Row], key: Key) -> defaultdict[Key, list[Row]]:
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_order):
        found[_key(row, key)].append(row)
    return found


def _order(row: Row) -> tuple[str, list[str]]:
    """Rows of one key stand in the order of time; what else they say breaks ties."""
    return str(row.get("started_at") or ""), [str(row[column]) for column in sorted(row)]


def _count_differences(what: str, got: Counter[Key], expected: Counter[Key]) -> list[str]:
    extra = [f"{what} only in the program: {' | '.join(key)}" for key in (got - expected).elements()]
    missing = [f"{what} only in the oracle: {' | '.join(key)}" for key in (expected - got).elements()]
    return sorted(extra) + sorted(missing)
